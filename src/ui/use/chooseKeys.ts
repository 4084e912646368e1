import * as vscode from 'vscode';
import { isVariableName } from '../../handover/variableName.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { askText } from '../prompts/askText.ts';
import { back } from '../prompts/steps.ts';
import { kindIcons, modeWord } from '../words.ts';
import { usualVariables } from './chosenKeys.ts';
import type { UsableKey } from './findKey.ts';
import { usableKeys, type UsableKeys } from './usableKeys.ts';
import type { UseDesk } from './useDesk.ts';

const title = (): string => vscode.l10n.t('Choose Keys for This Workspace');

/** Shows which variable gets which key, and changes one; the first time it asks for the usual ones at once. */
export async function chooseKeys(desk: UseDesk): Promise<void> {
  const usable = await usableKeys(desk.keys);
  const variables = desk.chosen.value.size === 0 ? usualVariables : [await askVariable(desk, usable)];
  const chosen = await askKey(desk, usable, variables);
  await desk.chosen.choose(variables, chosen?.id);
  if (desk.injection.active) await (await import('./inject.ts')).inject(desk);
  else desk.overrides.warn([]);
  const words = variables.join(', ');
  void vscode.window.showInformationMessage(
    chosen
      ? vscode.l10n.t('{0} gets the {1} key “{2}” from now on.', words, modeWord(chosen.mode), chosen.name)
      : vscode.l10n.t('{0} gets no key any more.', words),
  );
}

/** The chosen keys; asks for them where none was chosen in this workspace. */
export async function chosenOrAsked(desk: UseDesk): Promise<ReadonlyMap<string, string>> {
  if (desk.chosen.value.size === 0) {
    const chosen = await askKey(desk, await usableKeys(desk.keys), usualVariables);
    await desk.chosen.choose(usualVariables, chosen?.id);
  }
  return desk.chosen.value;
}

async function askVariable({ chosen }: UseDesk, { keys }: UsableKeys): Promise<string> {
  const current = chosen.value;
  const names = [...new Set<string>([...usualVariables, ...current.keys()])];
  const choices: Choice<string>[] = [
    ...names.map((name) => ({ label: name, description: wordsOf(keys, current.get(name)), value: name })),
    { label: vscode.l10n.t('Another variable…'), iconPath: new vscode.ThemeIcon('add'), value: '' },
  ];
  const name = await askChoice({ title: title() }, { placeholder: vscode.l10n.t('Which variable?'), choices });
  if (name === back) throw new vscode.CancellationError();
  return name === '' ? await askName() : name;
}

function wordsOf(keys: readonly UsableKey[], id: string | undefined): string {
  if (id === undefined) return vscode.l10n.t('no key');
  const key = keys.find((one) => one.id === id);
  return key
    ? `${modeWord(key.mode)} · ${key.name} · ${key.mask}`
    : vscode.l10n.t('a key that is not there now: {0}', id);
}

async function askName(): Promise<string> {
  const name = await askText(
    { title: title() },
    {
      prompt: vscode.l10n.t('Name of the environment variable'),
      validate: (text) =>
        isVariableName(text) ? undefined : vscode.l10n.t('A name has letters, digits and underscores.'),
    },
  );
  if (name === back) throw new vscode.CancellationError();
  return name;
}

/** Asks for a key; undefined where the person wants none. */
async function askKey(
  { chosen }: UseDesk,
  { keys }: UsableKeys,
  variables: readonly string[],
): Promise<UsableKey | undefined> {
  // What is called a secret is none of those that everyone may see.
  const secret = variables.every((name) => usualVariables.some((usual) => usual === name));
  const fitting = secret ? keys.filter(({ kind }) => kind !== 'publishable') : keys;
  const current = variables.map((name) => chosen.value.get(name)).find((id) => id !== undefined);
  const groups = Map.groupBy(
    fitting,
    ({ owner, mode }) => `${owner?.name ?? vscode.l10n.t('Vault')} · ${modeWord(mode)}`,
  );
  const choices: Choice<UsableKey | 'none'>[] = [...groups].flatMap(([words, inGroup]) => [
    heading(words),
    ...inGroup.map((key) => ({
      label: key.name,
      iconPath: new vscode.ThemeIcon(kindIcons[key.kind]),
      description: `${modeWord(key.mode)} · ${key.mask}`,
      detail: key.id,
      value: key,
    })),
  ]);
  const none: Choice<'none'>[] =
    current === undefined
      ? []
      : [{ label: vscode.l10n.t('No key'), iconPath: new vscode.ThemeIcon('close'), value: 'none' }];
  const placeholder =
    fitting.length === 0
      ? vscode.l10n.t('There is no key: start the emulator, or move a key into the vault')
      : vscode.l10n.t('Which key for {0}?', variables.join(', '));
  const answer = await askChoice<UsableKey | 'none'>(
    { title: title() },
    { placeholder, choices: [...none, ...choices], active: (key) => key !== 'none' && key.id === current },
  );
  if (answer === back) throw new vscode.CancellationError();
  return answer === 'none' ? undefined : answer;
}
