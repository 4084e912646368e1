import * as vscode from 'vscode';
import type { Problem } from '../../domain/problem.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { Vault } from '../../vault/vault.ts';
import { filterKeys, keyModel, readKeyData, type KeyModel } from './keyModel.ts';
import { isEnding, type KeyMarks } from './keyWords.ts';
import type { KeyNode, KeyTreeNode } from './nodes.ts';
import { rowOf } from './rows.ts';

export interface KeyTreeOptions {
  readonly session: EmulatorSession;
  readonly vault: Vault;
  /** The key whose secret is to be seen now. */
  readonly shownKey: () => string | undefined;
  readonly onProblem: (problem: Problem) => void;
}

interface Contents {
  readonly model: KeyModel;
  readonly inVault: ReadonlySet<string>;
  /** By how much the service's time is ahead of this machine's. */
  readonly aheadMs: number;
}

/** How often remaining times are drawn again. */
const redrawMs = 30_000;
/** Many changes at once are one redraw. */
const gatherMs = 50;

/** The tree of keys. It reads the service when it is shown and whenever something has changed; empty, it leaves room for the welcome views. */
export class KeyTree implements vscode.TreeDataProvider<KeyTreeNode>, vscode.Disposable {
  readonly #options: KeyTreeOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #timer: NodeJS.Timeout;
  #contents: Promise<Contents | undefined> | undefined;
  #filter = '';
  #gathering: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: KeyTreeOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.session.onDidChangeState(() => this.refresh()),
      options.session.onDidChangeKeys(() => this.refresh()),
    ];
    this.#timer = setInterval(() => this.#changed.fire(), redrawMs);
  }

  /** Reads everything anew and redraws; expansion and selection stay, because rows keep their ids. */
  refresh(): void {
    this.#contents = undefined;
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => this.#changed.fire(), gatherMs);
  }

  /** The text that keys must have to be shown; empty shows all. */
  get filter(): string {
    return this.#filter;
  }
  set filter(text: string) {
    this.#filter = text;
    this.refresh();
  }

  /** The node of a key, or undefined where the tree does not show it. */
  async find(keyId: string): Promise<KeyNode | undefined> {
    return (await this.#read())?.model.keys().find(({ key }) => key.id === keyId);
  }

  /** How many keys end within a day. */
  async countEnding(): Promise<number> {
    const contents = await this.#read();
    return contents?.model.keys().filter(({ key }) => isEnding(key, nowOf(contents))).length ?? 0;
  }

  async getChildren(node?: KeyTreeNode): Promise<KeyTreeNode[]> {
    const contents = await this.#read();
    if (!contents) return [];
    return [...(node ? contents.model.children(node) : contents.model.roots())];
  }

  async getTreeItem(node: KeyTreeNode): Promise<vscode.TreeItem> {
    const contents = await this.#read();
    const id = node.type === 'key' ? node.key.id : '';
    const marks: KeyMarks = {
      inVault: contents?.inVault.has(id) ?? false,
      shown: id !== '' && this.#options.shownKey() === id,
    };
    return rowOf(node, {
      children: contents?.model.children(node).length ?? 0,
      marks,
      now: nowOf(contents),
      filtered: this.#filter !== '',
    });
  }

  async getParent(node: KeyTreeNode): Promise<KeyTreeNode | undefined> {
    return (await this.#read())?.model.parent(node);
  }

  dispose(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#gathering);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #read(): Promise<Contents | undefined> {
    this.#contents ??= this.#readAnew();
    return this.#contents;
  }

  async #readAnew(): Promise<Contents | undefined> {
    const { session, vault, onProblem } = this.#options;
    if (session.state.kind !== 'running') return undefined;
    const { service } = session.state;
    const [data, ids, now] = await Promise.all([readKeyData(service), vault.ids(), service.now()]);
    if (!data.ok) {
      onProblem(data.problem);
      return undefined;
    }
    const keys = filterKeys(data.value.keys, this.#filter);
    return {
      model: keyModel({ ...data.value, keys }),
      inVault: new Set(ids.ok ? ids.value : []),
      aheadMs: now.ok ? now.value.getTime() - Date.now() : 0,
    };
  }
}

const nowOf = (contents: Contents | undefined): Date => new Date(Date.now() + (contents?.aheadMs ?? 0));
