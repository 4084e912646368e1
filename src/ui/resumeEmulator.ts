import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import { portsToResume, readRemembered, type RememberedPort } from './rememberedPort.ts';
import { setting } from './settings.ts';

const memoryKey = 'keysmith.emulator.ranOn';

/**
 * Joins the emulator of another window, or starts it again where it ran in this workspace when the window was closed or reloaded: on its old
 * port, so that programs that point at it go on working, or on that of the settings where they have changed.
 */
export function resumeEmulator(session: EmulatorSession, memory: vscode.Memento): vscode.Disposable {
  const remembered = readRemembered(memory.get(memoryKey));
  void (remembered && vscode.workspace.isTrusted ? startAgain(session, remembered) : session.join()); // the state tells how it went
  const subscription = session.onDidChangeState((state) => {
    const ranOn =
      state.kind === 'running'
        ? { port: Number(new URL(state.origin).port), wanted: setting('keysmith.emulator.port') }
        : undefined;
    if (ranOn || state.kind === 'stopped') void memory.update(memoryKey, ranOn); // where it is forgotten it is started by hand
  });
  return { dispose: () => subscription.dispose() };
}

async function startAgain(session: EmulatorSession, remembered: RememberedPort): Promise<void> {
  for (const port of portsToResume(remembered, setting('keysmith.emulator.port'))) {
    const started = await session.start(port);
    if (started.ok || started.problem.kind !== 'portTaken') return;
  }
}
