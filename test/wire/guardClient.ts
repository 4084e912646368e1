import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  CodeActionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type ProtocolConnection,
  type Range,
} from 'vscode-languageserver/node';

const cli = join(import.meta.dirname, '../../dist/cli.js');

export interface GuardClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folder?: string;
  readonly settings?: object;
  /** What is started, with its arguments; this build by this Node where it is absent. */
  readonly command?: readonly [string, ...string[]];
}

/** The language server as a program, behind a real client library. */
export class GuardClient {
  readonly connection: ProtocolConnection;
  readonly #server: ChildProcess;

  private constructor(server: ChildProcess) {
    assert.ok(server.stdout && server.stdin);
    this.#server = server;
    this.connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.connection.listen();
  }

  /** Of the server's process. */
  get pid(): number {
    return this.#server.pid ?? Number.NaN;
  }

  static async start({
    capabilities = pulling,
    folder,
    settings,
    command = [process.execPath, cli],
  }: GuardClientOptions = {}): Promise<GuardClient> {
    const [program, ...args] = command;
    const client = new GuardClient(spawn(program, [...args, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] }));
    const { capabilities: offered } = await client.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'folder' }],
      capabilities,
      initializationOptions: settings,
    });
    assert.ok(offered.diagnosticProvider && offered.hoverProvider && offered.codeActionProvider);
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'python'): Promise<void> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.equal(report.kind, 'full');
    return report.items;
  }

  async hover(uri: string, line: number, character: number): Promise<string> {
    const hover = await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: { line, character },
    });
    return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
  }

  async actions(uri: string, range: Range): Promise<CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    return (actions ?? []) as CodeAction[];
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.connection.dispose();
    this.#server.kill();
  }
}

const pulling: ClientCapabilities = { textDocument: { diagnostic: {} } };
