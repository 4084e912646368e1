import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import type { Problem } from '../../domain/problem.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { KeyService } from '../../management/keyService.ts';
import type { ListedEntry } from '../../vault/entry.ts';
import type { KnownKeys } from '../../vault/inStep.ts';
import { isOwnKey } from '../../vault/ownKey.ts';
import type { Vault } from '../../vault/vault.ts';
import type { OwnRows } from '../ownRows.ts';
import { filterKeys, keyModel, readKeyData, type KeyData, type KeyModel } from './keyModel.ts';
import { keyTooltip } from './keyTooltip.ts';
import { isEnding, type KeyMarks } from './keyWords.ts';
import {
  groupId,
  nodeId,
  type KeptNode,
  type KeyNode,
  type KeyTreeNode,
  type MoreNode,
  type StatusNode,
} from './nodes.ts';
import { rowOf } from './rows.ts';
import { treeModel, type TreeModel } from './treeModel.ts';
import { filterEntries, keptApart, vaultModel } from './vaultModel.ts';

export interface KeyTreeOptions {
  readonly session: EmulatorSession;
  readonly vault: Vault;
  /** Takes down the rows that it makes. */
  readonly rows: OwnRows;
  /** The key whose secret is to be seen now. */
  readonly shownKey: () => string | undefined;
  readonly onProblem: (problem: Problem) => void;
  /** Told of what the service and the vault have, as often as either has changed. */
  readonly onRead: (keys: KnownKeys, entries: readonly ListedEntry[]) => void;
}

/** What the service has, as it was last read. */
interface ServiceContents {
  readonly data: KeyData;
  /** By how much the service's time is ahead of this machine's. */
  readonly aheadMs: number;
  /** The ids it has deleted; asked for where the vault has what is not among its keys. */
  readonly deleted: () => Promise<ReadonlySet<string>>;
}

interface VaultContents {
  readonly entries: readonly ListedEntry[];
  readonly readable: boolean;
}

interface Contents {
  readonly tree: TreeModel;
  readonly keys: KeyModel | undefined;
  /** Every key of the service, whatever the filter. */
  readonly all: readonly ApiKey[];
  readonly kept: readonly KeptNode[];
  readonly inVault: ReadonlyMap<string, ListedEntry['state']>;
  readonly aheadMs: number;
}

/** How often remaining times are drawn again. */
const redrawMs = 30_000;
/** Many changes at once are one redraw. */
const gatherMs = 50;
/** The editor takes half a second for a list of thousands, and nobody reads so many: the filter finds the others. */
const firstRows = 100;
const moreRows = 1000;

/**
 * The tree of keys. It reads the service and the vault when it is shown and whenever something has changed there; a filter, more rows and
 * remaining times are drawn from what was read. Empty, it leaves room for the welcome views.
 */
export class KeyTree implements vscode.TreeDataProvider<KeyTreeNode>, vscode.Disposable {
  readonly #options: KeyTreeOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #timer: NodeJS.Timeout;
  #service: Promise<ServiceContents | undefined> | undefined;
  #vault: Promise<VaultContents> | undefined;
  #contents: Promise<Contents> | undefined;
  #filter = '';
  /** How many rows a list has, by its id, where it is not as at first. */
  readonly #rows = new Map<string, number>();
  /** Which rows a person opened or closed, by id: the editor forgets it of those that a filter took away. */
  readonly #open = new Map<string, boolean>();
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
    this.#service = undefined;
    this.#vault = undefined;
    this.#arrangeSoon();
  }

  /** Reads the vault anew and redraws. */
  refreshVault(): void {
    this.#vault = undefined;
    this.#arrangeSoon();
  }

  /** Redraws what was read: another key's secret is to be seen. */
  redraw(): void {
    this.#arrangeSoon();
  }

  /** The text that keys must have to be shown; empty shows all. */
  get filter(): string {
    return this.#filter;
  }
  set filter(text: string) {
    if (text === this.#filter) return;
    this.#filter = text;
    this.#arrangeNow();
  }

  /** Takes down that a row was opened or closed. */
  noteOpen(node: KeyTreeNode, open: boolean): void {
    if (this.#filter === '') this.#open.set(nodeId(node), open);
  }

  /** Shows more keys of a long list; of every one where none is given. */
  async showMore(node?: MoreNode): Promise<void> {
    const grow = (list: string): unknown => this.#rows.set(list, this.#rowsOf(list) + moreRows);
    if (node) grow(groupId(node.list.owner.id, node.list.mode, node.list.group));
    else for (const list of (await this.#read()).keys?.lists() ?? []) grow(list);
    this.#arrangeNow();
  }

  /** The node of a key, or undefined where the tree does not have it. A key that stands too far down in its list gets a row. */
  async find(keyId: string): Promise<KeyNode | KeptNode | undefined> {
    const { keys, kept } = await this.#read();
    const node = keys?.keys().find(({ key }) => key.id === keyId);
    if (!node) return kept.find(({ entry }) => entry.id === keyId);
    const { list, place } = keys?.placeOf(node) ?? { list: '', place: 0 };
    if (place > this.#rowsOf(list)) {
      this.#rows.set(list, place);
      this.#arrangeNow();
    }
    return node;
  }

  /** Whether the filter leaves nothing to show. */
  async isEmpty(): Promise<boolean> {
    return (await this.#read()).tree.roots().length === 0;
  }

  /** How many keys end within a day, shown or not. */
  async countEnding(): Promise<number> {
    if (this.#options.session.state.kind !== 'running') return 0;
    const contents = await this.#read();
    const now = nowOf(contents);
    return contents.all.filter((key) => isEnding(key, now)).length;
  }

  async getChildren(node?: KeyTreeNode): Promise<KeyTreeNode[]> {
    const { tree } = await this.#read();
    return this.#options.rows.vouchAll(node ? tree.children(node) : tree.roots());
  }

  async getTreeItem(node: KeyTreeNode): Promise<vscode.TreeItem> {
    const contents = await this.#read();
    return rowOf(node, {
      children: contents.tree.size(node),
      marks: this.#marks(node, contents),
      now: nowOf(contents),
      filtered: this.#filter !== '',
      open: this.#open.get(nodeId(node)),
    });
  }

  /** The tooltip is made when it is asked for: those of thousands of rows would take longer than all the rest. */
  async resolveTreeItem(row: vscode.TreeItem, node: KeyTreeNode): Promise<vscode.TreeItem> {
    if (node.type !== 'key') return row;
    const contents = await this.#read();
    row.tooltip = keyTooltip(node.key, this.#marks(node, contents), nowOf(contents));
    return row;
  }

  async getParent(node: KeyTreeNode): Promise<KeyTreeNode | undefined> {
    return (await this.#read()).tree.parent(node);
  }

  dispose(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#gathering);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #marks(node: KeyTreeNode, { inVault }: Contents): KeyMarks {
    if (node.type !== 'key') return { vault: undefined, shown: false };
    const { id } = node.key;
    return { vault: inVault.get(id), shown: this.#options.shownKey() === id };
  }

  #rowsOf(list: string): number {
    return this.#rows.get(list) ?? firstRows;
  }

  #arrangeSoon(): void {
    this.#contents = undefined;
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      this.#changed.fire();
      // Read also while the view is hidden, so that it opens at once.
      if (this.#options.session.state.kind === 'running') void this.#read();
    }, gatherMs);
  }

  #arrangeNow(): void {
    this.#contents = undefined;
    this.#changed.fire();
  }

  #read(): Promise<Contents> {
    this.#contents ??= this.#arrange();
    return this.#contents;
  }

  async #arrange(): Promise<Contents> {
    this.#service ??= this.#readService();
    this.#vault ??= this.#readVault();
    const [service, { entries, readable }] = await Promise.all([this.#service, this.#vault]);
    const known = service && (await knownKeys(service, entries));
    if (known) this.#options.onRead(known, entries);
    const vault = vaultModel(filterEntries(keptApart(entries, known), this.#filter), readable || !service);
    const keys =
      service &&
      keyModel(
        { ...service.data, keys: filterKeys(service.data.keys, this.#filter) },
        { shown: (list) => this.#rowsOf(list), withKeysOnly: this.#filter !== '' },
      );
    return {
      tree: treeModel(keys, vault, this.#status()),
      keys,
      all: service?.data.keys ?? [],
      kept: vault.kept(),
      inVault: new Map(entries.map(({ id, state }) => [id, state])),
      aheadMs: service?.aheadMs ?? 0,
    };
  }

  #status(): StatusNode {
    const { kind } = this.#options.session.state;
    if (!vscode.workspace.isTrusted) return { type: 'status', state: 'untrusted' };
    // A running one without keys does not answer.
    return { type: 'status', state: kind === 'running' ? 'failed' : kind };
  }

  async #readService(): Promise<ServiceContents | undefined> {
    const { session, onProblem } = this.#options;
    if (session.state.kind !== 'running') return undefined;
    const { service } = session.state;
    const [data, now] = await Promise.all([readKeyData(service), service.now()]);
    if (!data.ok) {
      onProblem(data.problem);
      return undefined;
    }
    let deleted: Promise<ReadonlySet<string>> | undefined;
    return {
      data: data.value,
      aheadMs: now.ok ? now.value.getTime() - Date.now() : 0,
      deleted: () => (deleted ??= deletedKeys(service, data.value)),
    };
  }

  async #readVault(): Promise<VaultContents> {
    const listed = await this.#options.vault.list();
    return { entries: listed.ok ? listed.value : [], readable: listed.ok };
  }
}

const nowOf = ({ aheadMs }: Contents): Date => new Date(Date.now() + aheadMs);

/** What the service can say of the entries of the vault. */
async function knownKeys({ data, deleted }: ServiceContents, entries: readonly ListedEntry[]): Promise<KnownKeys> {
  const names = new Map(data.keys.map(({ id, name }) => [id, name]));
  const all = entries.every(({ id }) => names.has(id) || isOwnKey(id));
  const gone: ReadonlySet<string> = all ? new Set() : await deleted();
  return { has: (id) => names.has(id), nameOf: (id) => names.get(id), deleted: (id) => gone.has(id) };
}

/** A service remembers by their fingerprints the keys it has deleted, and lists them no more. */
async function deletedKeys(service: KeyService, { keys }: KeyData): Promise<ReadonlySet<string>> {
  const remembered = await service.fingerprints();
  const listed = new Set(keys.map(({ id }) => id));
  return new Set((remembered.ok ? remembered.value : []).map(({ key }) => key).filter((id) => !listed.has(id)));
}
