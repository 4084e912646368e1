import * as vscode from 'vscode';
import type { LiveUses } from './liveUses.ts';

/** A variable with the words for what it gets. */
export interface InjectedVariable {
  readonly variable: string;
  /** The key's id. */
  readonly key: string;
  /** “Secret key” (Sandbox) */
  readonly words: string;
  readonly live: boolean;
}

/** How a terminal reaches `keysmith run`. */
export interface RunWay {
  readonly variables: Readonly<Record<string, string>>;
  /** The folder of the program `keysmith`. */
  readonly folder: string;
}

/** What this window adds to the environment of its terminals. Nothing of it outlives the window: the editor must not write it down. */
export class Injection implements vscode.Disposable {
  readonly #collection: vscode.EnvironmentVariableCollection;
  readonly #liveUses: LiveUses;
  #injected: readonly InjectedVariable[] = [];
  #others: readonly string[] = [];
  #way: RunWay | undefined;
  #use: vscode.Disposable | undefined;

  constructor(collection: vscode.EnvironmentVariableCollection, liveUses: LiveUses) {
    this.#collection = collection;
    this.#liveUses = liveUses;
    collection.persistent = false;
    collection.clear();
  }

  get active(): boolean {
    return this.#injected.length > 0;
  }

  /** The ids of the keys that a new terminal gets. */
  get keys(): readonly string[] {
    return [...new Set(this.#injected.map(({ key }) => key))];
  }

  /** The live keys that a new terminal gets, in words; empty where there is none. */
  get liveWords(): string {
    const live = this.#injected.filter((one) => one.live).map(({ words }) => words);
    return [...new Set(live)].join(', ');
  }

  /** Makes `keysmith run` work in new terminals. */
  offerRun(way: RunWay, separator: string): void {
    this.#way = way;
    const options = { applyAtProcessCreation: true, applyAtShellIntegration: true };
    for (const [variable, value] of Object.entries(way.variables)) this.#collection.replace(variable, value, options);
    this.#collection.prepend('PATH', `${way.folder}${separator}`, options);
    this.#describe();
  }

  /** Puts keys into the environment of every new terminal, instead of those of before. */
  inject(injected: readonly InjectedVariable[], environment: Readonly<Record<string, string>>): void {
    this.stop();
    const options = { applyAtProcessCreation: true, applyAtShellIntegration: true };
    for (const [variable, value] of Object.entries(environment)) this.#collection.replace(variable, value, options);
    this.#injected = injected;
    this.#others = Object.keys(environment);
    this.#describe();
    const live = this.liveWords;
    if (live !== '')
      this.#use = this.#liveUses.begin(vscode.l10n.t('Every new terminal of this window gets {0}', live));
  }

  /** Takes the keys out again. Terminals that are open keep what they have. */
  stop(): void {
    for (const variable of this.#others) this.#collection.delete(variable);
    this.#injected = [];
    this.#others = [];
    this.#use?.dispose();
    this.#use = undefined;
    this.#describe();
  }

  dispose(): void {
    this.stop();
    this.#collection.clear();
  }

  /** Shown by the editor beside a terminal: names and modes, no token. */
  #describe(): void {
    const keys = this.#injected.map(({ variable, words }) => `${variable}: ${words}`);
    const run = this.#way ? [vscode.l10n.t('keysmith run works here')] : [];
    this.#collection.description = [...run, ...keys].join('; ');
  }
}
