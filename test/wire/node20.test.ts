import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { liveSecret } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { TestRepository } from './git/testRepository.ts';
import { GuardClient } from './guardClient.ts';
import { findNode20 } from './node20.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');

const node20 = findNode20();

(node20 === undefined ? describe.skip : describe)(
  `the command line on Node 20${node20 === undefined ? ' (SKIPPED: this machine has none)' : ''}`,
  () => {
    const node = node20 ?? '';
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'keysmith-node20-'));
    });
    after(() => rmSync(folder, { recursive: true }));
    const keysmith = (args: readonly string[], input = ''): { code: number | null; stdout: string; stderr: string } => {
      const { status, stdout, stderr } = spawnSync(node, [cli, ...args], { cwd: folder, input, encoding: 'utf8' });
      return { code: status, stdout, stderr };
    };

    it('says in one sentence that the emulator needs a newer one', () => {
      const { code, stdout, stderr } = keysmith(['emulator', '--json']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^keysmith: The emulator needs Node 22\.13 or newer; this is Node 20\.[^\n]*\n$/);
    });

    it('scans many files by its threads, and one by its input', () => {
      for (let count = 0; count < 450; count += 1) writeFileSync(join(folder, `${count}.js`), 'nothing');
      writeFileSync(join(folder, 'pay.js'), `key = "${liveSecret()}"`);
      const { code, stdout, stderr } = keysmith(['scan', '--format', 'json']);
      assert.deepEqual([code, stderr], [1, '']);
      const { leaks, files }: Json = JSON.parse(stdout);
      assert.deepEqual([leaks.length, files], [1, 451]);
      assert.equal(keysmith(['scan', '--stdin', '--stdin-filename', 'a.js'], liveSecret()).code, 1);
    });

    it('stops a commit', () => {
      const repository = new TestRepository(node);
      try {
        assert.equal(repository.keysmith(['hook', 'install']).code, 0);
        repository.write('a.js', `key = "${liveSecret()}"`);
        repository.git('add', '-A');
        assert.equal(repository.git('commit', '-q', '-m', 'a leak').code, 1);
        repository.write('a.js', 'clean');
        repository.commit();
        assert.equal(repository.keysmith(['scan', '--history']).code, 0);
      } finally {
        repository.remove();
      }
    });

    it('is a language server', async () => {
      const client = await GuardClient.start({ folder: pathToFileURL(folder).href, command: [node, cli] });
      const uri = pathToFileURL(join(folder, 'new.py')).href;
      await client.open(uri, `key = "${liveSecret()}"\n`);
      assert.equal((await client.pull(uri)).length, 1);
      const start = { line: 0, character: 8 };
      assert.match(await client.hover(uri, 0, 8), /LIVE/);
      assert.ok((await client.actions(uri, { start, end: start })).length > 0);
      await client.stop();
    });

    it('waits, proposes the least privilege, and says why it cannot run a command', () => {
      assert.equal(keysmith(['wait', 'none.json', '--timeout', '1']).code, 2);
      writeFileSync(join(folder, 'shop.js'), 'await stripe.customers.list();\n');
      assert.equal(keysmith(['least-privilege', '--source', 'shop.js']).code, 0);
      const { code, stderr } = keysmith(['run', '--key', 'none', '--', 'true']);
      assert.equal(code, 125);
      assert.match(stderr, /^keysmith: [^\n]+\n$/);
    });
  },
);
