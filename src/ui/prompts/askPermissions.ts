import * as vscode from 'vscode';
import { permissionCatalogue, type PermissionGroup } from '../../domain/permissionCatalogue.ts';
import {
  levelsOf,
  nextGroupLevel,
  nextLevel,
  otherResources,
  permissionGroups,
  permissionsOf,
  withGroup,
  withLevel,
  choiceOf,
  type Choosable,
  type Level,
  type PermissionChoice,
} from './permissionChoices.ts';
import { otherGroup } from './permissionWords.ts';
import { placeInput, untilAnswered, type Back, type Place } from './steps.ts';

/** A row of the picker: a resource, a whole group, or the end. */
interface Row extends vscode.QuickPickItem {
  readonly resource?: Choosable;
  readonly group?: PermissionGroup;
  readonly done?: true;
  readonly buttons?: readonly LevelButton[];
}

interface LevelButton extends vscode.QuickInputButton {
  readonly level: Level;
}

const icons: Readonly<Record<Level, string>> = { none: 'circle-slash', read: 'eye', write: 'edit' };

const word = (level: Level): string =>
  level === 'none' ? vscode.l10n.t('None') : level === 'read' ? vscode.l10n.t('Read') : vscode.l10n.t('Write');

/** On its own account, or on the accounts that are connected to it. */
export type Whose = 'own' | 'connected';

const question = (whose: Whose): string =>
  whose === 'own'
    ? vscode.l10n.t('What may the key do? Type to search; Enter goes from None to Read to Write')
    : vscode.l10n.t('Connect: what may the key do for connected accounts? Nothing is usual');

/**
 * Asks what a key may do: None, Read or Write for each resource, by the buttons of its row or by Enter, which goes round; a whole group in
 * the same ways on its first row. The row at the top ends the prompt. Cancelled, it throws `CancellationError`.
 */
export async function askPermissions(
  place: Place,
  whose: Whose,
  start: readonly string[],
): Promise<readonly string[] | Back> {
  let choice = choiceOf(start);
  const pick = vscode.window.createQuickPick<Row>();
  placeInput(pick, place);
  pick.placeholder = question(whose);
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  const show = (changed: PermissionChoice, active?: Row): void => {
    choice = changed;
    pick.items = rowsOf(choice);
    const again =
      active && pick.items.find(({ resource, group }) => resource === active.resource && group === active.group);
    if (again) pick.activeItems = [again];
  };
  show(choice);
  return await untilAnswered<readonly string[]>(pick, ({ answer }) => [
    pick.onDidAccept(() => {
      const [row] = pick.activeItems;
      if (row?.done) answer(permissionsOf(choice));
      else if (row?.resource)
        show(withLevel(choice, row.resource.resource, nextLevel(row.resource, levelIn(choice, row.resource))), row);
      else if (row?.group) show(withGroup(choice, row.group, nextGroupLevel(choice, row.group)), row);
    }),
    pick.onDidTriggerItemButton(({ item, button }) => {
      const { level } = button as LevelButton;
      if (item.resource) show(withLevel(choice, item.resource.resource, level), item);
      else if (item.group) show(withGroup(choice, item.group, level), item);
    }),
  ]);
}

const levelIn = (choice: PermissionChoice, { resource }: Choosable): Level => choice.get(resource) ?? 'none';

function rowsOf(choice: PermissionChoice): Row[] {
  const count = permissionsOf(choice).length;
  const others = otherResources(choice);
  const done: Row = {
    label: vscode.l10n.t('Continue'),
    iconPath: new vscode.ThemeIcon('check'),
    description: count === 1 ? vscode.l10n.t('1 permission chosen') : vscode.l10n.t('{0} permissions chosen', count),
    done: true,
    alwaysShow: true,
  };
  return [
    done,
    ...permissionGroups.flatMap((group) => groupRows(group, choice)),
    ...(others.length > 0 ? [{ label: otherGroup(), kind: vscode.QuickPickItemKind.Separator }] : []),
    ...others.map((resource) => resourceRow(resource, levelIn(choice, resource))),
  ];
}

function groupRows(group: PermissionGroup, choice: PermissionChoice): Row[] {
  const resources = permissionCatalogue.filter((one) => one.group === group);
  const chosen = resources.filter((one) => levelIn(choice, one) !== 'none').length;
  return [
    { label: group, kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('All {0}', group),
      iconPath: new vscode.ThemeIcon('list-tree'),
      description: vscode.l10n.t('{0} of {1}', chosen, resources.length),
      group,
      buttons: (['none', 'read', 'write'] as const).map((level) => ({
        level,
        iconPath: new vscode.ThemeIcon(icons[level]),
        tooltip: vscode.l10n.t('All {0}: {1}', group, word(level)),
      })),
    },
    ...resources.map((resource) => resourceRow(resource, levelIn(choice, resource))),
  ];
}

function resourceRow(resource: Choosable, current: Level): Row {
  return {
    label: resource.label,
    iconPath: new vscode.ThemeIcon(icons[current]),
    description: word(current),
    resource,
    buttons: levelsOf(resource).map((level) => ({
      level,
      iconPath: new vscode.ThemeIcon(icons[level]),
      tooltip: `${resource.label}: ${word(level)}`,
      toggle: { checked: level === current },
    })),
  };
}
