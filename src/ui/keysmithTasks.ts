import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import { problemMessage } from './messages.ts';
import { setting } from './settings.ts';
import { ownSystem } from '../shared/system.ts';

const type = 'keysmith';

/**
 * The task `keysmith: start emulator`, usable as `preLaunchTask`: it starts or joins the emulator, says where it listens, and ends. And
 * tasks that run a command with a key in its environment, which only `tasks.json` can define.
 */
export function registerTasks(session: EmulatorSession, program: string): vscode.Disposable {
  const emulator = (definition: vscode.TaskDefinition): vscode.Task =>
    new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      vscode.l10n.t('start emulator'),
      type,
      new vscode.CustomExecution(async () => startingTerminal(session)),
    );
  return vscode.tasks.registerTaskProvider(type, {
    provideTasks: () => [emulator({ type, task: 'start emulator' })],
    resolveTask: ({ definition, scope }) => {
      if (definition['task'] === 'start emulator') return emulator(definition);
      const execution = definition['task'] === 'run' ? running(definition, program) : undefined;
      return execution
        ? new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, vscode.l10n.t('run'), type, execution)
        : undefined;
    },
  });
}

/** `keysmith run` in a terminal of the task: the keys go from the editor to the command, and through no argument. */
function running(
  { key, env = {}, command }: vscode.TaskDefinition,
  program: string,
): vscode.ShellExecution | undefined {
  const variables =
    typeof env === 'object' && env !== null ? Object.entries(env as Record<string, unknown>) : undefined;
  if (typeof command !== 'string' || !(key === undefined || typeof key === 'string') || !variables) return undefined;
  const options = [
    ...(key === undefined ? [] : [`--key=${key}`]),
    ...variables.map(([variable, name]) => `--env=${variable}=${String(name)}`),
  ];
  return new vscode.ShellExecution(
    quoted(program),
    ['run', ...options, '--', ...ownSystem().shell, command].map(quoted),
  );
}

const quoted = (value: string): vscode.ShellQuotedString => ({ value, quoting: vscode.ShellQuoting.Strong });

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
