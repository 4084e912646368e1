import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, it } from 'mocha';
import { noticesText, packagesIn, readPackage } from '../../scripts/thirdPartyNotices.ts';

const root = join(import.meta.dirname, '../..');
/** What may be shipped inside a program under the MIT licence. */
const permissive =
  /^(?:\(?(?:MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC-BY-4\.0)(?: (?:OR|AND) |\)?$))+/;

async function bundle(entryPoint: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [entryPoint],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    platform: 'node',
    external: ['vscode'],
    loader: { '.ttf': 'file' },
  });
  return metafile;
}

describe('the notices of what is shipped', () => {
  it('name every package of a bundle, with its licence', async function notices() {
    this.timeout(60_000);
    const metafiles = await Promise.all(['src/cli.ts', 'src/webview/requests/main.ts'].map(bundle));
    const folders = packagesIn(metafiles);
    assert.ok(folders.includes('node_modules/zod') && folders.includes('node_modules/@vscode-elements/elements'));
    const packages = await Promise.all(folders.map((folder) => readPackage(root, folder)));
    for (const { name, license, text } of packages) {
      assert.match(license, permissive, name);
      assert.ok(text === undefined || text.length > 200, `${name} has a licence text`);
    }
    const text = noticesText(packages);
    for (const { name, version } of packages) assert.ok(text.includes(`${name} ${version} (`), name);
  });

  it('tell a package by the folder that its file is in, also inside another package', () => {
    const inputs = {
      'src/cli.ts': 1,
      'node_modules/a/lib/x.js': 1,
      'node_modules/@scope/b/x.js': 1,
      'node_modules/a/node_modules/c/x.js': 1,
    };
    const metafile = { inputs: {}, outputs: { 'dist/cli.js': { inputs } } } as unknown as Metafile;
    assert.deepEqual(packagesIn([metafile]), [
      'node_modules/@scope/b',
      'node_modules/a',
      'node_modules/a/node_modules/c',
    ]);
  });
});
