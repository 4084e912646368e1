import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import { problemMessage } from './messages.ts';
import { setting } from './settings.ts';

const type = 'keysmith';

/** The task `keysmith: start emulator`: it starts or joins the emulator, says where it listens, and ends; usable as `preLaunchTask`. */
export function registerEmulatorTask(session: EmulatorSession): vscode.Disposable {
  const task = (definition: vscode.TaskDefinition): vscode.Task =>
    new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      vscode.l10n.t('start emulator'),
      type,
      new vscode.CustomExecution(async () => startingTerminal(session)),
    );
  return vscode.tasks.registerTaskProvider(type, {
    provideTasks: () => [task({ type, task: 'start emulator' })],
    resolveTask: ({ definition }) => (definition['task'] === 'start emulator' ? task(definition) : undefined),
  });
}

/** A terminal that shows the start and closes with its outcome. */
function startingTerminal(session: EmulatorSession): vscode.Pseudoterminal {
  const write = new vscode.EventEmitter<string>();
  const close = new vscode.EventEmitter<number>();
  const start = async (): Promise<void> => {
    const started = await session.start(setting('keysmith.emulator.port'));
    const said = started.ok
      ? vscode.l10n.t('The Stripe emulator is running at {0}', started.value.origin)
      : problemMessage(started.problem);
    write.fire(`${said}\r\n`);
    close.fire(started.ok ? 0 : 1);
  };
  return {
    onDidWrite: write.event,
    onDidClose: close.event,
    open: () => void start(), // how it went is told by the terminal
    close: () => undefined,
  };
}
