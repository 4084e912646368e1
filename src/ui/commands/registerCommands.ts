import * as vscode from 'vscode';
import type { CommandHandlers, CommandId } from '../contract.ts';
import type { Notifier } from '../notifier.ts';

/** Registers every command; what fails in one is shown by the notifier. */
export function registerCommands(handlers: CommandHandlers, notifier: Notifier): vscode.Disposable {
  const register = (id: CommandId): vscode.Disposable => {
    const handler: (...args: never[]) => Promise<unknown> = handlers[id];
    return vscode.commands.registerCommand(id, (...args: never[]) => notifier.run(id, () => handler(...args)));
  };
  return vscode.Disposable.from(...(Object.keys(handlers) as CommandId[]).map(register));
}
