import type * as vscode from 'vscode';
import { maskTokens } from '../domain/secret.ts';

/** The editor's `LogLevel.Info`, by its number: a test needs no editor. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- importing the enumeration would import the editor
const info: vscode.LogLevel.Info = 3;

/**
 * A log for the language client, which carries whole documents: what is traced is dropped, whatever level the user, a workspace or the
 * editor's command line sets, and what else is written has its tokens masked. The client asks it for its level before it traces anything.
 */
export function tokenFreeLog(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  return {
    name: log.name,
    logLevel: info,
    onDidChangeLogLevel: () => ({ dispose: () => undefined }),
    trace: () => undefined,
    debug: () => undefined,
    info: (message, ...words) => log.info(maskTokens(message), ...masked(words)),
    warn: (message, ...words) => log.warn(maskTokens(message), ...masked(words)),
    error: (message, ...words) => log.error(maskTokens(textOf(message)), ...masked(words)),
    append: (text) => log.append(maskTokens(text)),
    appendLine: (text) => log.appendLine(maskTokens(text)),
    replace: (text) => log.replace(maskTokens(text)),
    clear: () => log.clear(),
    show: (first?: unknown, second?: boolean) => log.show(typeof first === 'boolean' ? first : second),
    hide: () => log.hide(),
    dispose: () => undefined, // whoever made it disposes of it
  };
}

function textOf(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

const masked = (words: readonly unknown[]): unknown[] =>
  words.map((word) => (typeof word === 'number' || typeof word === 'boolean' ? word : maskTokens(textOf(word))));
