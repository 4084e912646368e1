import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import { setting } from './settings.ts';

const memoryKey = 'keysmith.emulator.port';

/**
 * Joins the emulator of another window, or starts it again, on its old port, where it ran in this workspace when the window was closed
 * or reloaded: programs that point at it go on working.
 */
export function resumeEmulator(session: EmulatorSession, memory: vscode.Memento): vscode.Disposable {
  const port = memory.get<number>(memoryKey);
  void (port !== undefined && vscode.workspace.isTrusted ? startAgain(session, port) : session.join()); // the state tells how it went
  const subscription = session.onDidChangeState((state) => {
    if (state.kind === 'running') void memory.update(memoryKey, Number(new URL(state.origin).port)); // forgotten: it is started by hand
    if (state.kind === 'stopped') void memory.update(memoryKey, undefined);
  });
  return { dispose: () => subscription.dispose() };
}

async function startAgain(session: EmulatorSession, port: number): Promise<void> {
  const started = await session.start(port);
  if (!started.ok && started.problem.kind === 'portTaken') await session.start(setting('keysmith.emulator.port'));
}
