import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  DiagnosticSeverity,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import { guardMethods } from '../../src/leaks/protocol.ts';
import { testSecret } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { TestRepository } from './git/testRepository.ts';
import { GuardClient } from './guardClient.ts';

const policy = (rules: object): string => JSON.stringify({ keysmith: 1, rules });
const text = `key = "${testSecret()}"\n`;

describe('keysmith.json in the root of a workspace', () => {
  let repository: TestRepository;
  let client: GuardClient | undefined;
  beforeEach(() => {
    repository = new TestRepository();
    repository.write('src/pay.py', text);
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    repository.remove();
  });

  const scanned = (args: readonly string[] = [], from = ''): string[] => {
    const { stdout } = repository.keysmith(['scan', '--format', 'json', '--min-severity', 'hint', ...args], '', from);
    return (JSON.parse(stdout) as { leaks: Json[] }).leaks.map(({ severity }) => severity);
  };
  const uri = (name: string): string => pathToFileURL(join(repository.folder, name)).href;
  const served = async (settings: object = {}): Promise<(number | undefined)[]> => {
    client ??= await GuardClient.start({ folder: pathToFileURL(repository.folder).href });
    await client.connection.sendNotification(guardMethods.settings, settings);
    await client.open(uri('src/pay.py'), text);
    return (await client.pull(uri('src/pay.py'))).map(({ severity }) => severity);
  };

  for (const [setting, severity, level] of [
    ['error', 'error', DiagnosticSeverity.Error],
    ['hint', 'hint', DiagnosticSeverity.Hint],
    ['off', undefined, undefined],
  ] as const)
    it(`says ${setting} to the command line, the hook and the language server alike`, async () => {
      repository.write('keysmith.json', policy({ 'test-secret-key': setting }));
      const severities = severity ? [severity] : [];
      repository.git('add', '-A');
      for (const args of [[], ['src/pay.py'], ['src'], ['--staged']])
        assert.deepEqual(scanned(args), severities, args.join(' '));
      assert.deepEqual(scanned([], 'src'), severities);
      assert.deepEqual(scanned(['--staged'], 'src'), severities);
      assert.deepEqual(await served(), level ? [level] : []);
      repository.keysmith(['hook', 'install']);
      assert.equal(repository.git('commit', '-q', '-m', 'x').code, setting === 'error' ? 1 : 0);
      repository.git('commit', '-q', '--no-verify', '-m', 'x');
      assert.deepEqual(scanned(['--history']), severities);
    });

  it('is that of the project that is named, not of the folder one stands in', () => {
    repository.write('keysmith.json', policy({ 'test-secret-key': 'error' }));
    const cli = join(import.meta.dirname, '../../dist/cli.js');
    const { stdout } = spawnSync(process.execPath, [cli, 'scan', '--format', 'json', repository.folder], {
      cwd: '/',
      encoding: 'utf8',
    });
    assert.deepEqual(
      JSON.parse(stdout).leaks.map(({ severity }: Json) => severity),
      ['error'],
    );
  });

  it('takes nothing away from a scan that ignores nothing', () => {
    repository.write('keysmith.json', policy({ 'test-secret-key': 'off' }));
    assert.deepEqual(scanned(['--no-ignore']), ['warning']);
  });

  for (const [why, trusted, rules, level] of [
    ["the user's settings overrule it", true, { 'test-secret-key': 'information' }, DiagnosticSeverity.Information],
    ['untrusted it takes nothing away', false, {}, DiagnosticSeverity.Warning],
    [
      'untrusted the settings take nothing away either',
      false,
      { 'test-secret-key': 'hint' },
      DiagnosticSeverity.Warning,
    ],
    ['untrusted the settings may add', false, { 'test-secret-key': 'error' }, DiagnosticSeverity.Error],
  ] as const)
    it(`in the language server: ${why}`, async () => {
      repository.write('keysmith.json', policy({ 'test-secret-key': 'off' }));
      assert.deepEqual(await served({ trusted, rules }), [level]);
    });

  it('is read anew when it has changed', async () => {
    repository.write('keysmith.json', policy({ 'test-secret-key': 'off' }));
    assert.deepEqual(await served(), []);
    repository.write('keysmith.json', policy({ 'test-secret-key': 'error' }));
    const changes = [{ uri: uri('keysmith.json'), type: FileChangeType.Changed }];
    await client?.connection.sendNotification(DidChangeWatchedFilesNotification.method, { changes });
    assert.deepEqual(
      (await client?.pull(uri('src/pay.py')))?.map(({ severity }) => severity),
      [DiagnosticSeverity.Error],
    );
  });

  for (const [why, make, problem] of [
    ['that is no JSON', (one) => one.write('keysmith.json', '{'), /is not valid JSON/],
    ['of a newer version', (one) => one.write('keysmith.json', '{"keysmith":2}'), /update Keysmith/],
    ['that is too large', (one) => one.write('keysmith.json', ' '.repeat(65 * 1024)), /is too large/],
    ['that is a link to a device', (one) => one.link('keysmith.json', '/dev/zero'), /is a link/],
    ['that is a folder', (one) => one.write('keysmith.json/a', ''), /is not a regular file/],
  ] as const satisfies readonly (readonly [string, (one: TestRepository) => void, RegExp])[])
    it(`is refused and told by all where it is one ${why}`, async () => {
      make(repository);
      repository.git('add', '-A');
      const { code, stderr } = repository.keysmith(['scan']);
      assert.equal(code, 2);
      assert.match(stderr, problem);
      repository.keysmith(['hook', 'install']);
      const stopped = repository.git('commit', '-q', '-m', 'x');
      assert.equal(stopped.code, 1);
      assert.match(stopped.stderr, problem);
      client = await GuardClient.start({ folder: pathToFileURL(repository.folder).href });
      const told = new Promise<string>((resolve) =>
        client?.connection.onNotification(ShowMessageNotification.type, ({ message }) => resolve(message)),
      );
      assert.deepEqual(await served(), [DiagnosticSeverity.Warning]);
      assert.match(await told, problem);
    });

  it('is judged as it is typed', async () => {
    client = await GuardClient.start({ folder: pathToFileURL(repository.folder).href });
    await client.open(uri('keysmith.json'), '{"keysmith":1,"rules":{"live":"off"}}', 'json');
    const [problem] = await client.pull(uri('keysmith.json'));
    assert.match(
      JSON.stringify(problem?.message),
      /names a rule that Keysmith does not know: live\. Until it is mended/,
    );
  });
});
