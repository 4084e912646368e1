import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import type { Vault } from '../vault/vault.ts';
import { setting } from './settings.ts';

/**
 * What another extension gets from `vscode.extensions.getExtension('keysmith.keysmith')?.activate()`.
 * New members may come; none goes or changes its meaning within a major version.
 */
export interface KeysmithApi {
  readonly emulator: {
    /** Starts the emulator, or joins it, and gives its address, `http://127.0.0.1:PORT`. Throws with a reason where it cannot start. */
    ensureStarted(): Promise<{ readonly origin: string }>;
  };
  /**
   * The secret of a key in the vault, by the key's id (`mk_…`, `own_…`). The person is asked, by the asking extension's id and the key's
   * name, each time; undefined where they refuse, or where the vault has no such key.
   */
  getSecret(keyId: string, asker: string): Promise<string | undefined>;
  /** Keys have changed: created, renamed, rotated, deleted, by whatever window or program. */
  readonly onDidChangeKeys: vscode.Event<void>;
}

export function createApi(session: EmulatorSession, vault: Vault): KeysmithApi {
  return {
    emulator: {
      async ensureStarted() {
        if (!vscode.workspace.isTrusted) throw new Error('The workspace is not trusted.');
        const started = await session.start(setting('keysmith.emulator.port'));
        if (!started.ok) throw new Error(`The emulator did not start: ${started.problem.kind}`);
        return { origin: started.value.origin };
      },
    },
    async getSecret(keyId, asker) {
      const entry = await vault.read(keyId);
      if (!entry.ok) return undefined;
      const { name, mode, secret } = entry.value;
      const allow = vscode.l10n.t('Allow Once');
      const what =
        mode === 'live' ? vscode.l10n.t('the LIVE key “{0}”', name) : vscode.l10n.t('the sandbox key “{0}”', name);
      const chosen = await vscode.window.showWarningMessage(
        vscode.l10n.t('Give {0} to another extension?', what),
        { modal: true, detail: vscode.l10n.t('It says that it is {0}.', asker) },
        allow,
      );
      return chosen === allow ? secret.reveal() : undefined;
    },
    onDidChangeKeys: (listener, thisArgument, disposables) => {
      const subscription = session.onDidChangeKeys(() => listener.call(thisArgument));
      const disposable = new vscode.Disposable(() => void subscription.dispose());
      disposables?.push(disposable);
      return disposable;
    },
  };
}
