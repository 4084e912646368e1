import * as vscode from 'vscode';
import { commandArguments } from '../commandArguments.ts';
import type { CommandArguments, CommandHandlers, CommandId } from '../contract.ts';
import type { Notifier } from '../notifier.ts';
import type { OwnRows } from '../ownRows.ts';

/** Registers every command: it gets what can be believed of what it was called with, and what fails in it is shown by the notifier. */
export function registerCommands(handlers: CommandHandlers, rows: OwnRows, notifier: Notifier): vscode.Disposable {
  const register = (id: CommandId): vscode.Disposable => {
    const handler = handlers[id] as (...args: CommandArguments[CommandId]) => Promise<unknown>;
    return vscode.commands.registerCommand(id, (...given: unknown[]) =>
      notifier.run(id, () => handler(...commandArguments(id, given, rows))),
    );
  };
  return vscode.Disposable.from(...(Object.keys(handlers) as CommandId[]).map(register));
}
