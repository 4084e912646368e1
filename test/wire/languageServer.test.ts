import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { liveSecret, testSecret } from '../unit/fixtures.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

describe('keysmith lsp --stdio', () => {
  let server: ChildProcess;
  let client: ProtocolConnection;
  const uri = 'untitled:one';

  before(async () => {
    server = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    assert.ok(server.stdout && server.stdin);
    client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    client.listen();
    const { capabilities } = await client.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    assert.ok(capabilities.diagnosticProvider);
    await client.sendNotification(InitializedNotification.type, {});
  });
  after(async () => {
    await client.sendRequest(ShutdownRequest.type);
    await client.sendNotification(ExitNotification.type);
    client.dispose();
  });

  async function pull(): Promise<Diagnostic[]> {
    const report = await client.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.equal(report.kind, 'full');
    return report.items;
  }

  it('flags a live key as an error and a test key as a warning, without showing either', async () => {
    const text = `live = "${liveSecret()}"\ntest = "${testSecret()}"\n`;
    await client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
    const found = await pull();
    assert.deepEqual(
      found.map(({ severity, code, range }) => [severity, code, range.start]),
      [
        [1, 'live-secret-key', { line: 0, character: 8 }],
        [2, 'test-secret-key', { line: 1, character: 8 }],
      ],
    );
    for (const { message } of found) assert.ok(!JSON.stringify(message).includes(liveSecret().slice(8, -4)));
  });

  it('follows an edit', async () => {
    await client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, text: '' }],
    });
    assert.deepEqual(
      (await pull()).map(({ code, range }) => [code, range.start.line]),
      [['test-secret-key', 0]],
    );
  });
});
