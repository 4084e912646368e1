import * as vscode from 'vscode';
import type { Injection } from './injection.ts';
import type { LiveUses } from './liveUses.ts';
import { shellNames } from './shellNames.ts';

/** What live keys terminals have, in words, by the ids of their processes: those outlive a reload of the window. */
const memoryKey = 'keysmith.use.liveTerminals';
type Remembered = Readonly<Record<string, string>>;

/** A terminal with a live key is loud until it is closed, also when new ones get none any more. */
export function followTerminals(injection: Injection, liveUses: LiveUses, memory: vscode.Memento): vscode.Disposable {
  const uses = new Map<vscode.Terminal, vscode.Disposable>();
  const before = memory.get<Remembered>(memoryKey, {});
  const begin = (terminal: vscode.Terminal, live: string): void => {
    if (uses.has(terminal)) return;
    uses.set(terminal, liveUses.begin(vscode.l10n.t('The terminal “{0}” is open: {1}', terminal.name, live)));
  };
  const remember = async (terminal: vscode.Terminal, live: string | undefined): Promise<void> => {
    const id = await terminal.processId;
    if (id === undefined) return;
    const { [id]: _old, ...others } = memory.get<Remembered>(memoryKey, {});
    await memory.update(memoryKey, live === undefined ? others : { ...others, [id]: live });
  };
  const recognize = async (terminal: vscode.Terminal): Promise<void> => {
    const live = before[(await terminal.processId) ?? ''];
    if (live !== undefined && terminal.exitStatus === undefined) begin(terminal, live);
  };
  for (const terminal of vscode.window.terminals) void recognize(terminal); // nobody waits for the status bar
  return vscode.Disposable.from(
    vscode.window.onDidOpenTerminal((terminal) => {
      const { name } = terminal.creationOptions;
      // The editor leaves a closed panel closed when a profile has asked something before.
      if (Object.values(shellNames).some((ours) => ours() === name)) terminal.show();
      const live = name === shellNames.live() ? name : injection.liveWords;
      if (live === '') {
        void recognize(terminal); // it may be from before a reload
      } else {
        begin(terminal, live);
        void remember(terminal, live); // forgotten: the window is loud all the same, until a reload
      }
    }),
    vscode.window.onDidCloseTerminal((terminal) => {
      if (!uses.has(terminal)) return;
      uses.get(terminal)?.dispose();
      uses.delete(terminal);
      void remember(terminal, undefined); // an id that is used again would be loud for nothing, no more
    }),
  );
}
