import * as vscode from 'vscode';
import { shownText } from '../../handover/shownText.ts';
import type { HandedOver } from './handedOver.ts';
import type { Injection } from './injection.ts';
import type { LiveUses } from './liveUses.ts';
import { keysVariable, shellNames } from './shellNames.ts';

/** What keys terminals have, by the ids of their processes: those outlive a reload of the window. */
const memoryKey = 'keysmith.use.terminals';

interface Held {
  /** The keys' ids. */
  readonly keys: readonly string[];
  /** The live ones among them, in words; empty where there is none. */
  readonly live: string;
}
type Remembered = Readonly<Record<string, Held>>;

export interface TerminalTools {
  readonly injection: Injection;
  readonly liveUses: LiveUses;
  readonly handedOver: HandedOver;
  readonly memory: vscode.Memento;
}

/** Knows which terminals have keys, until they are closed, also when new ones get none any more. One with a live key is loud. */
export function followTerminals({ injection, liveUses, handedOver, memory }: TerminalTools): vscode.Disposable {
  const uses = new Map<vscode.Terminal, vscode.Disposable>();
  const before = memory.get<Remembered>(memoryKey, {});
  const begin = (terminal: vscode.Terminal, { keys, live }: Held): void => {
    if (uses.has(terminal)) return;
    const name = shownText(terminal.name);
    const held = [handedOver.begin({ kind: 'terminal', keys, what: vscode.l10n.t('the terminal “{0}”', name) })];
    if (live !== '') held.push(liveUses.begin(vscode.l10n.t('The terminal “{0}” is open: {1}', name, live)));
    uses.set(terminal, vscode.Disposable.from(...held));
  };
  const remember = async (terminal: vscode.Terminal, held: Held | undefined): Promise<void> => {
    const id = await terminal.processId;
    if (id === undefined) return;
    const { [id]: _old, ...others } = memory.get<Remembered>(memoryKey, {});
    await memory.update(memoryKey, held === undefined ? others : { ...others, [id]: held });
  };
  const recognize = async (terminal: vscode.Terminal): Promise<void> => {
    const held = before[(await terminal.processId) ?? ''];
    if (held !== undefined && terminal.exitStatus === undefined) begin(terminal, held);
  };
  for (const terminal of vscode.window.terminals) void recognize(terminal); // nobody waits for the status bar
  return vscode.Disposable.from(
    vscode.window.onDidOpenTerminal((terminal) => {
      const { name } = terminal.creationOptions;
      // The editor leaves a closed panel closed when a profile has asked something before.
      if (Object.values(shellNames).some((ours) => ours() === name)) terminal.show();
      const keys = [...new Set([...shellKeys(terminal), ...injection.keys])];
      const held = { keys, live: name === shellNames.live() ? name : injection.liveWords };
      if (keys.length === 0 && held.live === '') {
        void recognize(terminal); // it may be from before a reload
      } else {
        begin(terminal, held);
        void remember(terminal, held); // forgotten: it is known all the same, until a reload
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

/** The keys of a terminal of our profile, by their ids. */
function shellKeys({ creationOptions }: vscode.Terminal): string[] {
  const ids = 'env' in creationOptions ? creationOptions.env?.[keysVariable] : undefined;
  return typeof ids === 'string' && ids !== '' ? ids.split(',') : [];
}
