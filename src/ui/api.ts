import * as vscode from 'vscode';
import type { EmulatorSession } from '../management/emulatorSession.ts';
import { shownText } from '../handover/shownText.ts';
import type { Vault } from '../vault/vault.ts';
import type { VaultEntry } from '../vault/entry.ts';
import { isRefusal } from './commands/failure.ts';
import { setting } from './settings.ts';
import { askToLetOut, fact, intoProgram, isLive, letOut } from './use/liveGuard.ts';

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
   * The secret of a key in the vault, by the key's id (`mk_…`, `own_…`). The user is asked, by the asking extension's id and the key's
   * name, each time; undefined where they refuse, where a setting does or the workspace is not trusted, or where the vault has no such key.
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
      if (typeof keyId !== 'string' || typeof asker !== 'string' || !vscode.workspace.isTrusted) return undefined;
      const entry = await vault.read(keyId);
      if (!entry.ok) return undefined;
      try {
        await letOutToExtension(entry.value, asker);
      } catch (error) {
        if (error instanceof vscode.CancellationError || isRefusal(error)) return undefined;
        throw error;
      }
      return entry.value.secret.reveal();
    },
    onDidChangeKeys: (listener, thisArgument, disposables) => {
      const subscription = session.onDidChangeKeys(() => listener.call(thisArgument));
      const disposable = new vscode.Disposable(() => void subscription.dispose());
      disposables?.push(disposable);
      return disposable;
    },
  };
}

/** A live key asks as always; any other asks too, because nobody sees to whom it goes. */
async function letOutToExtension({ name, mode, secret }: VaultEntry, asker: string): Promise<void> {
  const { t } = vscode.l10n;
  const live = isLive(mode, secret);
  const asks = fact(t('It says that it is'), `“${shownText(asker)}”`);
  await letOut([{ name, live }], intoProgram(t('another extension'), [asks]));
  if (live) return;
  const question = t('Give the sandbox key “{0}” to another extension?', shownText(name));
  if (asks.length > longestAsker || !(await askToLetOut(question, asks, t('Allow Once'))))
    throw new vscode.CancellationError();
}

/** No extension has a longer id. */
const longestAsker = 500;
