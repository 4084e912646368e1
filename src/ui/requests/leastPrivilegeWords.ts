import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import {
  differenceTo,
  type LeastPrivilege,
  type Need,
  type Use,
} from '../../requests/leastPrivilege/leastPrivilege.ts';
import { modeWord } from '../words.ts';

/** What is needed and why, and what today's keys have beyond it, in Markdown. */
export function reportMarkdown(found: LeastPrivilege, used: readonly ApiKey[], guess: boolean): string {
  const { t } = vscode.l10n;
  const { permissions, connectPermissions, implied, secretKeyOnly, addresses, counted, leftOut } = found;
  return [
    `# ${t('The least that a key must be granted')}`,
    '',
    guess
      ? t('A guess from {0} calls in the source: nobody ran them, and there may be others.', counted)
      : t('As {0} requests say. What was not run is not in here.', counted),
    '',
    ...section(t('Permissions'), permissions.flatMap(needLines)),
    ...section(t('Permissions for connected accounts'), connectPermissions.flatMap(needLines)),
    ...section(
      t('Implied by those'),
      implied.map(({ permission, label, by }) => `- ${label} (\`${permission}\`): \`${by}\``),
    ),
    ...section(t('Needs a secret key, whatever is granted'), secretKeyOnly.map(useLine)),
    ...section(
      t("Today's keys"),
      used.map((key) => keyLine(found, key)),
    ),
    ...section(
      t('Where the requests came from'),
      (guess ? [] : addresses).map(({ address, count }) => `- \`${address}\`: ${count}`),
    ),
    ...section(
      t('Requests that say nothing'),
      leftOut.map(({ why, count }) => `- ${why}: ${count}`),
    ),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`## ${title}`, ...lines, ''] : [];

const needLines = ({ permission, label, uses }: Need): string[] => [
  `- **${label}** (\`${permission}\`)`,
  ...uses.map((use) => `  ${useLine(use)}`),
];

const useLine = ({ method, path, count, example }: Use): string => `- \`${method} ${path}\` × ${count}, ${example}`;

function keyLine(found: LeastPrivilege, key: ApiKey): string {
  const { t } = vscode.l10n;
  const name = `**${key.name}** (${modeWord(key.mode)})`;
  const difference = differenceTo(found, key);
  if (!difference) return `- ${name}: ${t('may do everything the account may do')}`;
  const parts = [
    ...[...difference.excess, ...difference.connectExcess].map((one) => t('has {0} beyond that', `\`${one}\``)),
    ...[...difference.missing, ...difference.connectMissing].map((one) => t('lacks {0}', `\`${one}\``)),
  ];
  return `- ${name}: ${parts.length > 0 ? parts.join(', ') : t('has exactly these')}`;
}
