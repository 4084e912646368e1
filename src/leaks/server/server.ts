import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type Connection,
  type Diagnostic,
} from 'vscode-languageserver';
import { maskTokens } from '../../domain/secret.ts';
import { messageOf } from '../../shared/errors.ts';
import { printable } from '../../shared/printable.ts';
import { describeLeak } from '../describeLeak.ts';
import { findLeaks } from '../detect/findLeaks.ts';
import { withoutIgnored } from '../detect/markers.ts';
import { ignoreFileName } from '../exclusions/keysmithIgnore.ts';
import { installHook, uninstallHook } from '../hook/installHook.ts';
import type { Leak } from '../leak.ts';
import { PlacedText } from '../placedText.ts';
import { Policies } from '../policy/policies.ts';
import { policyFileName, type Policy } from '../policy/policyFile.ts';
import {
  guardMethods,
  type FoundLeak,
  type HookAnswer,
  type HookParams,
  type InspectParams,
  type KnownKey,
  type TextRange,
} from '../protocol.ts';
import { actionsFor, possibleRemedies } from './codeActions.ts';
import { diagnoseIgnoreFile, diagnosePolicyFile, diagnosticsOf, tooLargeDiagnostic } from './diagnostics.ts';
import { DocumentExcuses } from './documentExcuses.ts';
import { Documents, pathOf } from './documents.ts';
import { serveFixes } from './fixRequests.ts';
import { GuardState, noGit } from './guardState.ts';
import { FixThread } from './fixThread.ts';
import { hoverText } from './hover.ts';
import { ownSettings, parseSettings } from './parseSettings.ts';
import { PushDiagnostics } from './pushDiagnostics.ts';
import { WorkspaceFolders } from './workspaceFolders.ts';
import { serveScans } from './workspaceScan.ts';

/** Files whose change may change what is found. */
const watched = [ignoreFileName, '.gitignore', policyFileName];

/** For how many leaks of a selection fixes are offered: nobody reads a menu of more. */
const mostAtOnce = 10;

/** Runs the leak guard on a connection until it closes. Diagnostics are pulled by the client. */
export function serve(connection: Connection): void {
  const state = new GuardState();
  /** Names of files and settings are what others wrote. */
  const warn = (message: string): void => connection.console.warn(printable(maskTokens(message)));
  const folders = new WorkspaceFolders();
  const excuses = new DocumentExcuses((folder) => folders.pathAround(folder), warn);
  const policies = new Policies((message) => {
    warn(message);
    const shown = { type: MessageType.Warning, message: printable(maskTokens(message)) };
    connection.sendNotification(ShowMessageNotification.method, shown).catch(() => undefined); // the log has it
  });
  const policyFor = (uri: string): Policy => policies.of(folders.rootOf(uri));
  const documents = new Documents(connection, {
    state,
    excuses,
    policyOf: policyFor,
    changed: (uri) => push.schedule(uri),
  });
  const push = new PushDiagnostics(connection, diagnose);
  /** Tells this server's answers from those of one before it, which a client may remember. */
  const started = randomUUID().slice(0, 8);
  const fixes = new FixThread();
  let refreshes = false;
  let watches = false;
  let followsFolders = false;

  async function diagnose(uri: string): Promise<Diagnostic[]> {
    const document = documents.get(uri);
    if (!document || !state.documents) return [];
    const { model, path } = document;
    if (model.tooLarge) return [tooLargeDiagnostic];
    const leaks = diagnosticsOf(await documents.leaksOf(document));
    const name = posix.basename(path);
    if (name === ignoreFileName) return [...diagnoseIgnoreFile(model.text()), ...leaks];
    return name === policyFileName ? [...diagnosePolicyFile(model.text()), ...leaks] : leaks;
  }

  const refresh = (): void => {
    state.epoch += 1;
    if (refreshes)
      connection.languages.diagnostics.refresh().catch((error: unknown) => {
        warn(`The client did not ask for its diagnostics anew: ${messageOf(error)}`);
      });
    for (const { uri } of documents.all()) push.schedule(uri);
  };
  const takeSettings = (given: unknown): void => {
    const settings = parseSettings(given);
    state.set(settings);
    for (const name of settings.unknown) warn(`This setting means nothing: ${name}`);
  };

  connection.onInitialize((params) => {
    takeSettings(params.initializationOptions);
    folders.begin(params);
    refreshes = params.capabilities.workspace?.diagnostics?.refreshSupport ?? false;
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    push.enabled = params.capabilities.textDocument?.diagnostic === undefined;
    followsFolders = params.capabilities.workspace?.workspaceFolders ?? false;
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: followsFolders } },
      },
      serverInfo: { name: 'keysmith' },
    };
  });
  connection.onInitialized(() => {
    // The library listens for these itself, and only then: a handler of the notification would never be called.
    if (followsFolders) connection.workspace.onDidChangeWorkspaceFolders((event) => folders.change(event));
    if (!watches) return;
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: `**/{${watched.join(',')}}` }] })
      .catch((error: unknown) => {
        warn(`The client does not tell when ignore files change: ${messageOf(error)}`);
      });
  });
  connection.onNotification(guardMethods.settings, (settings: unknown) => {
    takeSettings(settings);
    refresh();
  });
  connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
    const own = ownSettings(settings);
    if (own === undefined) return;
    takeSettings(own);
    refresh();
  });
  connection.onNotification(guardMethods.known, (keys: readonly KnownKey[]) => state.know(keys));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (!changes.some(({ uri }) => watched.includes(posix.basename(pathOf(uri))))) return;
    excuses.forget();
    policies.forget();
    refresh();
  });

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, cancel) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const resultId = `${started}/${document.edition}/${state.epoch}`;
    if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    const items = await diagnose(document.uri);
    if (cancel.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });

  connection.onHover(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const leak =
      document &&
      (await documents.leaksOf(document)).find(({ range }) => touches(range, { start: position, end: position }));
    if (!document || !leak) return undefined;
    const { fingerprint } = leak;
    const elsewhere = documents.all().flatMap(({ uri, path, model }) => {
      const count = model.leaks.filter((one) => one.fingerprint === fingerprint).length;
      return uri === document.uri || count === 0 ? [] : [{ path: path.split('/').slice(-2).join('/'), count }];
    });
    const remedies = state.vault ? await possibleRemedies({ fixes, document, leak }) : [];
    const contents = hoverText({ document, leak, keys: state.keysOf(fingerprint), elsewhere, remedies });
    return { contents, range: leak.range };
  });

  connection.onCodeAction(async ({ textDocument, range, context }, cancel) => {
    const document = documents.get(textDocument.uri);
    const wanted = context.only?.some((kind) => 'quickfix'.startsWith(kind)) ?? true;
    if (!document || !wanted) return [];
    const leaks = (await documents.leaksOf(document)).filter((leak) => touches(leak.range, range));
    const actions = [];
    for (const leak of leaks.slice(0, mostAtOnce)) {
      if (cancel.isCancellationRequested) return [];
      actions.push(
        ...(await actionsFor({
          documents,
          fixes,
          document,
          leak,
          folder: folders.around(document.path),
          vault: state.vault,
        })),
      );
    }
    return actions;
  });

  serveFixes(connection, { documents, fixes, state });
  connection.onRequest(guardMethods.inspect, (params: InspectParams) =>
    inspect(params, (leaks) => state.weigh(leaks, policyFor(params.path))),
  );
  connection.onRequest(guardMethods.hook, async (params: HookParams): Promise<HookAnswer> => {
    return state.trusted ? await changeHook(params) : { ok: false, message: noGit };
  });
  serveScans(connection, (leaks, uri) => state.weigh(leaks, policyFor(uri)));
  connection.listen();
}

function isAfter(one: TextRange['start'], other: TextRange['start']): boolean {
  return one.line > other.line || (one.line === other.line && one.character > other.character);
}

function touches(one: TextRange, other: TextRange): boolean {
  return !isAfter(one.start, other.end) && !isAfter(other.start, one.end);
}

/** The leaks of a text that is no document yet. */
function inspect(
  { text, path, language, everything = false }: InspectParams,
  weigh: (leaks: readonly Leak[]) => readonly Leak[],
): FoundLeak[] {
  const found = findLeaks(text, { path: pathOf(path) || path, language });
  const leaks = everything ? found : withoutIgnored(text, found);
  const placed = new PlacedText(text);
  return weigh(leaks).map((leak) => ({
    rule: leak.rule,
    severity: leak.severity,
    mode: leak.mode ?? null,
    mask: leak.mask,
    fingerprint: leak.fingerprint,
    message: describeLeak(leak),
    range: placed.rangeAt(leak.start, leak.end),
  }));
}

async function changeHook({ action, folder, file, elsewhere = false }: HookParams): Promise<HookAnswer> {
  const request = { folder: fileURLToPath(folder), elsewhere };
  const done = action === 'install' ? await installHook(request, { file }) : await uninstallHook(request);
  if (done.ok) return { ok: true, message: done.value };
  const { why, elsewhere: hook } = done.problem;
  return { ok: false, message: why, ...(hook === undefined ? {} : { elsewhere: hook }) };
}
