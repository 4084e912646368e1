import type { KeyModel } from './keyModel.ts';
import type { KeyTreeNode, ServiceNode, StatusNode, VaultTreeNode } from './nodes.ts';
import type { VaultModel } from './vaultModel.ts';

/** The rows of the whole tree: those of the service, or why there are none, and those of the vault below them. */
export interface TreeModel {
  roots(): readonly KeyTreeNode[];
  children(node: KeyTreeNode): readonly KeyTreeNode[];
  parent(node: KeyTreeNode): KeyTreeNode | undefined;
  /** How much a row opens to, shown or not. */
  size(node: KeyTreeNode): number;
}

/** @param status shown first where there are keys of the vault alone; without them the tree is empty, and has its welcome view */
export function treeModel(keys: KeyModel | undefined, vault: VaultModel, status: StatusNode): TreeModel {
  return {
    roots() {
      const kept = vault.roots();
      if (keys) return [...keys.roots(), ...kept];
      return kept.length > 0 ? [status, ...kept] : [];
    },
    children(node) {
      if (isVaultNode(node)) return vault.children(node);
      return isServiceNode(node) ? (keys?.children(node) ?? []) : [];
    },
    parent(node) {
      if (isVaultNode(node)) return vault.parent(node);
      return isServiceNode(node) ? keys?.parent(node) : undefined;
    },
    size(node) {
      if (isVaultNode(node)) return vault.children(node).length;
      return isServiceNode(node) ? (keys?.size(node) ?? 0) : 0;
    },
  };
}

function isVaultNode(node: KeyTreeNode): node is VaultTreeNode {
  return node.type === 'vault' || node.type === 'vaultMode' || node.type === 'kept' || node.type === 'unreadable';
}

const isServiceNode = (node: KeyTreeNode): node is ServiceNode => node.type !== 'status' && !isVaultNode(node);
