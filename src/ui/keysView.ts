import * as vscode from 'vscode';
import { setContext } from './context.ts';
import { keysView } from './contract.ts';
import type { KeyTree } from './tree/keyTree.ts';

export interface KeysView extends vscode.Disposable {
  /** Selects a key's row and opens what it stands in; does nothing where the view is hidden. */
  showRow(keyId: string): Promise<void>;
}

async function filterMessage(tree: KeyTree): Promise<string> {
  const { filter } = tree;
  return (await tree.isEmpty()) ? vscode.l10n.t('No key with “{0}”', filter) : vscode.l10n.t('Keys with “{0}”', filter);
}

/** The view of keys: its badge counts the keys that end within a day, its message tells of a filter. */
export function createKeysView(tree: KeyTree): KeysView {
  const view = vscode.window.createTreeView(keysView, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  let told = '';
  const update = async (): Promise<void> => {
    const { filter } = tree;
    if ((filter === '') !== (told === '')) setContext('filtered', filter !== '');
    told = filter;
    const message = filter === '' ? '' : await filterMessage(tree);
    if (tree.filter === filter && view.message !== message) view.message = message;
    const ending = await tree.countEnding();
    if (ending === (view.badge?.value ?? 0)) return;
    view.badge =
      ending > 0 ? { value: ending, tooltip: vscode.l10n.t('{0} keys end within a day', ending) } : undefined;
  };
  const disposable = vscode.Disposable.from(
    view,
    view.onDidExpandElement(({ element }) => tree.noteOpen(element, true)),
    view.onDidCollapseElement(({ element }) => tree.noteOpen(element, false)),
    tree.onDidChangeTreeData(() => void update()), // what it shows is drawn again at the next change
  );
  return {
    async showRow(keyId) {
      const node = await tree.find(keyId);
      if (node && view.visible) await view.reveal(node, { select: true, focus: false });
    },
    dispose: () => disposable.dispose(),
  };
}
