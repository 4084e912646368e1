import * as vscode from 'vscode';
import type { Problem } from '../../domain/problem.ts';
import type { EmulatorSession } from '../../management/emulatorSession.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { readKeyModel, type KeyModel } from './keyModel.ts';
import type { KeyTreeNode } from './nodes.ts';
import { rowOf } from './rows.ts';

/** The tree of keys. It reads the service when it is shown and whenever it is refreshed; empty, it leaves room for the welcome views. */
export class KeyTree implements vscode.TreeDataProvider<KeyTreeNode>, vscode.Disposable {
  readonly #session: EmulatorSession;
  readonly #onProblem: (problem: Problem) => void;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: Disposable;
  #model: Promise<KeyModel | undefined> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: EmulatorSession, onProblem: (problem: Problem) => void) {
    this.#session = session;
    this.#onProblem = onProblem;
    this.#subscription = session.onDidChangeState(() => this.refresh());
  }

  /** Reads the service anew and redraws; expansion and selection stay, because rows keep their ids. */
  refresh(): void {
    this.#model = undefined;
    this.#changed.fire();
  }

  async getChildren(node?: KeyTreeNode): Promise<KeyTreeNode[]> {
    this.#model ??= this.#read();
    const model = await this.#model;
    if (!model) return [];
    return [...(node ? model.children(node) : model.roots())];
  }

  async getTreeItem(node: KeyTreeNode): Promise<vscode.TreeItem> {
    return rowOf(node, (await this.getChildren(node)).length);
  }

  async getParent(node: KeyTreeNode): Promise<KeyTreeNode | undefined> {
    return (await this.#model)?.parent(node);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<KeyModel | undefined> {
    const { state } = this.#session;
    if (state.kind !== 'running') return undefined;
    const model = await readKeyModel(state.service);
    if (model.ok) return model.value;
    this.#onProblem(model.problem);
    return undefined;
  }
}
