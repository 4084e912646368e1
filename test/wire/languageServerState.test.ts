import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidCloseTextDocumentNotification,
  DocumentDiagnosticRequest,
  LogMessageNotification,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { guardMethods } from '../../src/leaks/protocol.ts';
import { testSecret } from '../unit/fixtures.ts';
import { GuardClient, type GuardClientOptions } from './guardClient.ts';

const uri = 'untitled:one';
const refreshing = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

describe('what the language server remembers of its client', () => {
  let client: GuardClient;
  afterEach(() => client.stop());
  const start = async (options: GuardClientOptions = {}, text = `k = "${testSecret()}"`): Promise<void> => {
    client = await GuardClient.start(options);
    await client.open(uri, text);
  };
  const report = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const severities = async (): Promise<unknown[]> => (await client.pull(uri)).map(({ severity }) => severity);

  it('is not the text of a document that was closed and opened with another one', async () => {
    await start();
    const { resultId = '' } = await report();
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    await client.open(uri, 'nothing');
    const anew = await report(resultId);
    assert.deepEqual(anew.kind === 'full' && anew.items, []);
  });

  it('is not what a server before it has answered', async () => {
    await start();
    const { resultId = '' } = await report();
    await client.stop();
    await start({}, 'nothing');
    assert.equal((await report(resultId)).kind, 'full');
  });

  it('has the settings that it began with, until others are told', async () => {
    await start({ settings: { rules: { 'test-secret-key': 'hint' } } });
    assert.deepEqual(await severities(), [4]);
    await client.connection.sendNotification(guardMethods.settings, { vault: true });
    assert.deepEqual(await severities(), [4]);
    await client.connection.sendNotification(guardMethods.settings, { rules: {} });
    assert.deepEqual(await severities(), [2]);
  });

  it('is whether open documents are told of; what it is asked beside them it answers all the same', async () => {
    await start({ settings: { documents: false } });
    const at = { line: 0, character: 10 };
    assert.deepEqual(
      [await severities(), await client.hover(uri, 0, 10), await client.actions(uri, { start: at, end: at })],
      [[], '', []],
    );
    const asked = { text: testSecret(), path: '', language: '' };
    assert.equal((await client.connection.sendRequest<unknown[]>(guardMethods.inspect, asked)).length, 1);
    await client.connection.sendNotification(guardMethods.settings, { documents: true });
    assert.deepEqual(await severities(), [2]);
  });

  for (const settings of [{ rules: null }, { rules: 'off' }, 'off', 7, [null]]) {
    it(`has nothing of settings such as ${JSON.stringify(settings)}, and serves`, async () => {
      await start({ settings: settings as object });
      assert.deepEqual(await severities(), [2]);
    });
  }

  it("has the settings that come with the editor's own, and none of other programs'", async () => {
    await start();
    for (const [settings, expected] of [
      [{ keysmith: { guard: { rules: { 'test-secret-key': 'error' } } } }, [1]],
      [{ python: { rules: {} } }, [1]],
      [null, [1]],
      [{ keysmith: { rules: { 'test-secret-key': 'off' } } }, []],
    ] as const) {
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
      assert.deepEqual(await severities(), expected);
    }
  });

  it('names in the log what means nothing, without its value', async () => {
    await start();
    const logged: string[] = [];
    client.connection.onNotification(LogMessageNotification.type, ({ message }) => void logged.push(message));
    await client.connection.sendNotification(guardMethods.settings, { rules: { 'no-such-rule': testSecret() } });
    await report();
    assert.deepEqual(logged, ['This setting means nothing: rules.no-such-rule']);
  });

  it('is asked for anew by a client that can, when settings change', async () => {
    await start({ capabilities: refreshing });
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest(DiagnosticRefreshRequest.type, () => resolve());
    });
    await client.connection.sendNotification(guardMethods.settings, {});
    await refreshed;
  });

  it('outlives a client that says it can be asked, and cannot', async () => {
    await start({ capabilities: refreshing });
    const logged = new Promise<string>((resolve) => {
      client.connection.onNotification(LogMessageNotification.type, ({ message }) => resolve(message));
    });
    await client.connection.sendNotification(guardMethods.settings, {});
    assert.match(await logged, /workspace\/diagnostic\/refresh/);
    assert.deepEqual(await severities(), [2]);
  });
});
