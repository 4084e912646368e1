import * as vscode from 'vscode';
import { permissionCatalogue } from '../../domain/permissionCatalogue.ts';
import { choiceOf, permissionGroups, type PermissionChoice } from './permissionChoices.ts';

/** A list of permissions as a sentence: `Reads Customers, Events. Reads and writes Charges and refunds.` */
export function permissionSentence(permissions: readonly string[]): string {
  const choice = choiceOf(permissions);
  const { t } = vscode.l10n;
  const [reads, writes] = [labelsAt(choice, 'read'), labelsAt(choice, 'write')];
  if (reads.length + writes.length === 0) return t('May do nothing.');
  return [
    reads.length > 0 && t('Reads {0}.', reads.join(', ')),
    writes.length > 0 && t('Reads and writes {0}.', writes.join(', ')),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The same, a line for each group of the Dashboard, for where a line is short. */
export function permissionLines(permissions: readonly string[]): string[] {
  const choice = choiceOf(permissions);
  const { t } = vscode.l10n;
  const lines = permissionGroups.flatMap((group) => [
    ...line(labelsAt(choice, 'read', group), (labels) => t('{0}: reads {1}', group, labels)),
    ...line(labelsAt(choice, 'write', group), (labels) => t('{0}: reads and writes {1}', group, labels)),
  ]);
  return lines.length > 0 ? lines : [t('May do nothing.')];
}

const line = (labels: readonly string[], words: (labels: string) => string): string[] =>
  labels.length > 0 ? [words(labels.join(', '))] : [];

/** The labels of what may be done at a level, in the Dashboard's order. */
function labelsAt(choice: PermissionChoice, level: 'read' | 'write', group?: string): string[] {
  return permissionCatalogue
    .filter((one) => choice.get(one.resource) === level && (group === undefined || one.group === group))
    .map(({ label }) => label);
}
