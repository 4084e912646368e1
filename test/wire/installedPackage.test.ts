import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { liveSecret, testSecret } from '../unit/fixtures.ts';
import { TestRepository, type Ended } from './git/testRepository.ts';
import { GuardClient } from './guardClient.ts';
import { findNode20 } from './node20.ts';

const root = join(import.meta.dirname, '../..');

/** Nothing is fetched: neither is there a registry nor anything that was fetched before. */
const offline = {
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
};

const seedText = (keys: readonly object[]): string =>
  JSON.stringify({ keysmith_seed: 1, accounts: [{ id: 'acct_1Ci', name: 'CI' }], keys });

/** A test of somebody's: calls the emulator with the key of the seed. */
const checkProgram = (token: string): string => `import { readFileSync } from 'node:fs';
const { origin } = JSON.parse(readFileSync('emulator.json', 'utf8'));
const { status } = await fetch(origin + '/v1/balance', { headers: { authorization: 'Bearer ${token}' } });
console.log('the shop got ' + status);
`;

describe('the packed command line in an empty folder', function () {
  this.timeout(120_000);
  const project = new TestRepository();
  const { folder } = project;
  const installed = join(folder, 'node_modules/keysmith');
  let cache: string;
  let tarball: string;

  const run = (program: string, args: readonly string[], cwd = folder): Ended => {
    const env = { ...process.env, ...offline, npm_config_cache: cache };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
    return { code: status, stdout, stderr };
  };
  const keysmith = (...args: readonly string[]): Ended => run('npx', ['--no-install', 'keysmith', ...args]);

  before(() => {
    cache = mkdtempSync(join(tmpdir(), 'keysmith-cache-'));
    const packed = run(process.execPath, ['scripts/packCli.ts', '--out', cache], root);
    assert.equal(packed.code, 0, packed.stderr);
    tarball = join(cache, globSync('keysmith-*.tgz', { cwd: cache })[0] ?? '');
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const done = run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', tarball]);
    assert.equal(done.code, 0, done.stderr);
    project.write('.gitignore', 'node_modules/\n');
  });
  after(() => {
    project.remove();
    rmSync(cache, { recursive: true });
  });

  it('brings what it needs and nothing else', () => {
    const files = globSync('**', { cwd: installed, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(installed.length + 1)
          .split(sep)
          .join('/'),
      );
    const others = files
      .filter((file) => !/^dist\/(?:chunks\/[\w-]+\.js|grammars\/[\w-]+\.wasm)$/.test(file))
      .toSorted();
    assert.deepEqual(others, [
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'dist/cli.js',
      'dist/fixWorker.js',
      'dist/languageServer.js',
      'dist/requestLogWorker.js',
      'dist/scanWorker.js',
      'package.json',
    ]);
    for (const file of files.filter((name) => name.endsWith('.js')))
      assert.ok(!/from\s*["']vscode["']/.test(readFileSync(join(installed, file), 'utf8')), file);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    for (const field of ['dependencies', 'devDependencies', 'scripts', 'contributes'])
      assert.equal(manifest[field], undefined);
    assert.deepEqual(globSync('*', { cwd: join(folder, 'node_modules') }), ['keysmith']);
  });

  it("is of the same build as the extension's", () => {
    for (const file of ['dist/cli.js', 'dist/scanWorker.js', 'dist/languageServer.js'])
      assert.equal(readFileSync(join(installed, file), 'utf8'), readFileSync(join(root, file), 'utf8'));
  });

  it('says its version and its use', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.deepEqual(keysmith('--version'), { code: 0, stdout: `${version}\n`, stderr: '' });
    assert.match(keysmith('help', 'scan').stdout, /^keysmith scan /);
  });

  it('scans, also by its threads', () => {
    mkdirSync(join(folder, 'many'));
    for (let count = 0; count < 450; count += 1) writeFileSync(join(folder, `many/${count}.js`), 'nothing');
    assert.equal(keysmith('scan', 'many').code, 0);
    writeFileSync(join(folder, 'many/pay.js'), `key = "${liveSecret()}"`);
    assert.match(keysmith('scan', 'many').stdout, /^many\/pay\.js:1:8: error/);
    assert.equal(keysmith('scan', 'many').code, 1);
    rmSync(join(folder, 'many'), { recursive: true });
  });

  it('stops commits, and leaves no path of this machine in the settings of git', () => {
    assert.equal(keysmith('hook', 'install').code, 0);
    assert.equal(project.git('config', '--get-regexp', '^keysmith').stdout, '');
    project.write('a.js', `key = "${liveSecret()}"`);
    project.git('add', '-A');
    assert.match(project.git('commit', '-q', '-m', 'x').stderr, /a\.js:1:8: error/);
    project.write('a.js', 'clean');
    project.commit();
    assert.equal(keysmith('hook', 'uninstall').code, 0);
  });

  it('emulates, with its log and its threads', async () => {
    const file = join(folder, 'emulator.json');
    const child = spawn(
      process.execPath,
      [join(installed, 'dist/cli.js'), 'emulator', '--port', '0', '--in-memory', '--json'],
      {
        stdio: ['ignore', openSync(file, 'w'), 'inherit'],
      },
    );
    const { code, stdout, stderr } = keysmith('wait', 'emulator.json', '--pid', String(child.pid));
    assert.equal(code, 0, stderr);
    assert.equal((await fetch(`${stdout.trim()}/v1/balance`)).status, 401);
    const { dashboardToken } = JSON.parse(readFileSync(file, 'utf8')) as { dashboardToken: string };
    const log = await fetch(`${stdout.trim()}/_dashboard/requests`, {
      headers: { authorization: `Bearer ${dashboardToken}` },
    });
    assert.match(await log.text(), /\/v1\/balance/);
    child.kill();
    await once(child, 'close');
    rmSync(file);
  });

  it('does in CI what the documentation says', function () {
    if (process.platform === 'win32') this.skip();
    const page = readFileSync(join(root, 'docs/emulator-in-ci.md'), 'utf8');
    const [, script = ''] = /```bash\n([^]*?)```/.exec(page) ?? [];
    assert.match(script, /npx --no-install keysmith wait/);
    const key = { account: 'acct_1Ci', name: 'CI', mode: 'sandbox', kind: 'secret', token: testSecret() };
    project.write('test/stripe-seed.json', seedText([key]));
    project.write('check.mjs', checkProgram(key.token));
    project.write('package.json', '{"private":true,"scripts":{"test":"node check.mjs"}}');
    const { status, stdout, stderr } = spawnSync('bash', ['-eu'], {
      cwd: folder,
      env: { ...process.env, ...offline, npm_config_cache: cache },
      input: script.replace('--port 12181', '--port 0'),
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /the shop got 200/);
  });

  for (const [what, node] of [
    ['this Node', process.execPath],
    ['Node 20', findNode20()],
  ] as const)
    it(`is a language server with its fixes on ${what}${node === undefined ? ' (SKIPPED: this machine has none)' : ''}`, async function () {
      if (node === undefined) this.skip();
      const command = [node, join(installed, 'dist/cli.js')] as const;
      const client = await GuardClient.start({ folder: pathToFileURL(folder).href, command: [...command] });
      const uri = pathToFileURL(join(folder, 'pay.js')).href;
      await client.open(uri, `const stripe = new Stripe("${liveSecret()}");\n`, 'javascript');
      assert.equal((await client.pull(uri)).length, 1);
      const start = { line: 0, character: 30 };
      const actions = await client.actions(uri, { start, end: start });
      assert.ok(
        actions.some(({ edit }) => JSON.stringify(edit ?? {}).includes('process.env.')),
        JSON.stringify(actions),
      );
      await client.stop();
    });

  it('asks no registry, whatever is missing', () => {
    const empty = mkdtempSync(join(tmpdir(), 'keysmith-empty-'));
    const { code, stderr } = run('npx', ['--no-install', 'keysmith', '--version'], empty);
    rmSync(empty, { recursive: true });
    assert.notEqual(code, 0);
    assert.ok(!existsSync(join(cache, '_npx')), stderr);
  });

  it('ends with 2, not as for a leak, where the installation is broken', () => {
    rmSync(join(installed, 'package.json'));
    project.write('a.js', 'clean');
    const { status, stderr } = spawnSync(process.execPath, [join(installed, 'dist/cli.js'), 'scan', 'a.js'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 2, stderr);
  });
});
