import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EmulatorSession } from '../../src/management/emulatorSession.ts';
import type { KeysmithApi } from '../../src/ui/api.ts';
import type { KeyTree } from '../../src/ui/tree/keyTree.ts';
import type { Vault } from '../../src/vault/vault.ts';

/** What the extension hands to its own tests (`ExtensionMode.Test`). */
export interface Inside {
  readonly session: EmulatorSession;
  readonly tree: KeyTree;
  readonly vault: Vault;
}

export async function activateKeysmith(): Promise<Inside> {
  const extension = vscode.extensions.getExtension<KeysmithApi & { readonly inside: Inside }>('keysmith.keysmith');
  assert.ok(extension, 'the extension is not installed');
  return (await extension.activate()).inside;
}

/** Asks again until `probe` gives something; fails after ten seconds. */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`${what}: not within ten seconds`);
}

/** What the extension gives to other extensions. */
export async function keysmithApi(): Promise<KeysmithApi> {
  const extension = vscode.extensions.getExtension<KeysmithApi>('keysmith.keysmith');
  assert.ok(extension);
  return await extension.activate();
}
