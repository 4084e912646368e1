import * as vscode from 'vscode';
import type { CommandId } from '../contract.ts';

/** Who has keys: a terminal keeps them until it is closed, a program until it ends. */
export interface Holder {
  readonly kind: 'terminal' | 'program';
  /** The keys' ids. */
  readonly keys: readonly string[];
  /** What it is, in words: “zsh”, a command. */
  readonly what: string;
}

const memoryKey = 'keysmith.use.replaced';
/** Ids of keys that ended long ago are named nowhere any more. */
const mostReplaced = 1000;

/**
 * Where keys have gone, and what has become of them: what names a key that was rotated means its replacement from then on, in every window
 * and workspace, and what still holds one that was rotated or deleted is marked.
 */
export class HandedOver implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #replaced = new vscode.EventEmitter<void>();
  readonly #holders = new Map<symbol, Holder>();
  #item: vscode.StatusBarItem | undefined;

  /** A key has been rotated or deleted here. */
  readonly onDidReplace = this.#replaced.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The id of the key that stands for this one now: of its last replacement, or its own. */
  current(id: string): string {
    const replaced = this.#ids();
    const seen = new Set([id]);
    let last = id;
    for (let next = replaced[last]; next !== undefined && next !== '' && !seen.has(next); next = replaced[last]) {
      seen.add(next);
      last = next;
    }
    return last;
  }

  /** Takes down that a key was rotated, or deleted where there is no replacement. */
  async replaced(id: string, replacement: string | undefined): Promise<void> {
    const { [id]: _old, ...others } = this.#ids();
    const all = [...Object.entries(others), [id, replacement ?? ''] as const].slice(-mostReplaced);
    await this.#memory.update(memoryKey, Object.fromEntries(all));
    this.#replaced.fire();
    this.#mark();
  }

  /** Notes who has keys, until it is disposed. */
  begin(holder: Holder): vscode.Disposable {
    const use = Symbol(holder.what);
    this.#holders.set(use, holder);
    this.#mark();
    return new vscode.Disposable(() => {
      this.#holders.delete(use);
      this.#mark();
    });
  }

  /** Who has a key. */
  holdersOf(id: string): readonly Holder[] {
    return [...this.#holders.values()].filter(({ keys }) => keys.includes(id));
  }

  dispose(): void {
    this.#replaced.dispose();
    this.#holders.clear();
    this.#item?.dispose();
    this.#item = undefined;
  }

  #ids(): Readonly<Record<string, string>> {
    const kept = this.#memory.get<Readonly<Record<string, unknown>>>(memoryKey) ?? {};
    return Object.fromEntries(
      Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  }

  #mark(): void {
    const replaced = this.#ids();
    const old = [...this.#holders.values()].filter(({ keys }) => keys.some((id) => replaced[id] !== undefined));
    if (old.length === 0) {
      this.#item?.hide();
      return;
    }
    const { t } = vscode.l10n;
    this.#item ??= createItem();
    this.#item.text = `$(history) ${old.length === 1 ? t('1 has an old key') : t('{0} have an old key', old.length)}`;
    const lines = [t('These have a key that was rotated or deleted. Open them anew to give them its replacement:')];
    this.#item.tooltip = [...lines, ...old.map(({ what }) => what)].join('\n');
    this.#item.accessibilityInformation = { label: [...lines, ...old.map(({ what }) => what)].join(' ') };
    this.#item.show();
  }
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('keysmith.oldKeys', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Old Stripe Keys in Use');
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = 'keysmith.use.choose' satisfies CommandId;
  return item;
}

/** What a question about the end of a key says of those who have it; empty where nobody has. */
export function holderLines(holders: readonly Holder[]): string[] {
  const { t } = vscode.l10n;
  const lines: string[] = [];
  const named = (kind: Holder['kind']): string[] => holders.filter((one) => one.kind === kind).map(({ what }) => what);
  const [terminals, programs] = [named('terminal'), named('program')];
  if (terminals.length === 1)
    lines.push(t('1 open terminal has it, and keeps it until it is closed: {0}', terminals.join()));
  if (terminals.length > 1)
    lines.push(
      t('{0} open terminals have it, and keep it until they are closed: {1}', terminals.length, terminals.join(', ')),
    );
  if (programs.length === 1)
    lines.push(t('1 running program has it, and keeps it until it ends: {0}', programs.join()));
  if (programs.length > 1)
    lines.push(
      t('{0} running programs have it, and keep it until they end: {1}', programs.length, programs.join(', ')),
    );
  return lines;
}
