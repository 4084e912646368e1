import * as vscode from 'vscode';
import type { Problem } from '../../domain/problem.ts';
import { messageOf } from '../../shared/errors.ts';
import type { CommandHandlers, CommandId } from '../contract.ts';
import { problemMessage } from '../messages.ts';
import { offering, type Offer } from '../offer.ts';
import { isRefusal } from './failure.ts';

/** Registers every command behind one boundary: a cancelled prompt is silent, a refusal is a message, a bug is logged. */
export function registerCommands(
  handlers: CommandHandlers,
  log: vscode.LogOutputChannel,
  remedyOf: (problem: Problem) => Offer | undefined,
): vscode.Disposable {
  const register = (id: CommandId): vscode.Disposable => {
    const handler: (...args: never[]) => Promise<unknown> = handlers[id];
    return vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await handler(...args);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        if (isRefusal(error)) showProblem(error.problem, remedyOf);
        else showBug(id, error, log);
        return undefined;
      }
    });
  };
  return vscode.Disposable.from(...(Object.keys(handlers) as CommandId[]).map(register));
}

/** Shows a refusal without waiting for the person: other work goes on behind the message. */
export function showProblem(problem: Problem, remedyOf: (problem: Problem) => Offer | undefined): void {
  offering((...buttons) => vscode.window.showErrorMessage(problemMessage(problem), ...buttons), remedyOf(problem));
}

function showBug(id: string, error: unknown, log: vscode.LogOutputChannel): void {
  log.error(`${id} failed: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
  const message = vscode.l10n.t('Something went wrong in Keysmith. The log has the details.');
  offering((...buttons) => vscode.window.showErrorMessage(message, ...buttons), {
    label: vscode.l10n.t('Show Log'),
    run: () => log.show(),
  });
}
