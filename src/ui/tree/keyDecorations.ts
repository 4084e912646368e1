import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { isEnding } from './keyWords.ts';

const scheme = 'keysmith-key';

/** Names a key to the decorations; its state stands in the address, so that a change of state is a change of address. */
export function keyUri(key: ApiKey, now: Date): vscode.Uri {
  const state = key.status === 'expired' ? 'expired' : isEnding(key, now) ? 'ending' : '';
  return vscode.Uri.from({ scheme, path: `/${key.id}`, query: state });
}

/** Marks keys that end within a day, and those that have ended, with a badge, a colour and a word. */
export function registerKeyDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme) return undefined;
      if (uri.query === 'ending')
        return new vscode.FileDecoration(
          '!',
          vscode.l10n.t('ends soon'),
          new vscode.ThemeColor('list.warningForeground'),
        );
      if (uri.query === 'expired')
        return new vscode.FileDecoration('✕', vscode.l10n.t('expired'), new vscode.ThemeColor('disabledForeground'));
      return undefined;
    },
  });
}
