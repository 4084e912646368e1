import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { keyPermissionSentences } from '../prompts/permissionWords.ts';
import { asText } from '../markdownText.ts';
import { dateWord, kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import { remaining, shortMask, type KeyMarks } from './keyWords.ts';

/** What a user may want to know of a key, as Markdown. Texts of others stand in it as text, never as Markdown. */
export function keyTooltip(key: ApiKey, marks: KeyMarks, now: Date): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const tooltip = new vscode.MarkdownString(undefined, true);
  tooltip.appendMarkdown(`$(${kindIcons[key.kind]}) **`);
  tooltip.appendMarkdown(
    `${asText(key.name)}** · ${kindWord(key.kind)} · $(${modeIcon(key.mode)}) ${modeWord(key.mode)}\n\n\`${shortMask(key)}\`\n\n`,
  );
  for (const line of [
    t('Created: {0}', dateWord(key.created)),
    t('Last used: {0}', dateWord(key.lastUsed)),
    ...(key.expires
      ? [
          key.status === 'expired'
            ? t('Expired: {0}', dateWord(key.expires))
            : t('Expires: {0}, in {1}', dateWord(key.expires), remaining(key.expires, now)),
        ]
      : []),
    ...keyPermissionSentences(key),
    ...(key.addresses.length > 0 ? [t('Only from {0}', key.addresses.join(', '))] : []),
    ...(marks.vault === 'kept' ? [t('Kept in the vault')] : []),
    ...(key.note ? [t('Note: {0}', key.note)] : []),
  ]) {
    tooltip.appendMarkdown(`${asText(line)}\n\n`);
  }
  return tooltip;
}
