import * as vscode from 'vscode';

/** What became of one place. */
export interface Replacement {
  readonly file: string;
  readonly line: number;
  /** What stands there now: the variable, or the new key. */
  readonly by: string | undefined;
  /** Why it was left as it is. */
  readonly why: string | undefined;
  /** It was known beforehand that it would be left. */
  readonly expected: boolean;
}

/** What was changed and what is left to do, in Markdown; the key by its mask. */
export function reportText(name: string, mask: string, places: readonly Replacement[]): string {
  const { t } = vscode.l10n;
  const row = ({ file, line, by, why }: Replacement): string =>
    `- \`${file}\`, ${t('line {0}', line)}: ${why ?? by ?? ''}`;
  const changed = places.filter(({ why }) => why === undefined);
  const left = places.filter(({ why }) => why !== undefined);
  return [
    `# ${t('Rotated: {0} ({1})', name, mask)}`,
    ...(changed.length > 0 ? [`## ${t('Replaced')}`, ...changed.map(row)] : []),
    ...(left.length > 0 ? [`## ${t('Left for you')}`, ...left.map(row)] : []),
    `## ${t('What may remain')}`,
    `- ${t('The history of git may still have the old key: `keysmith scan --history` finds it. Rotated, it opens nothing once it has ended.')}`,
    '',
  ].join('\n');
}
