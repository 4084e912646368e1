import * as vscode from 'vscode';
import { allowsAddress, parseAddressRule, parseAddressRules, splitAddressList } from '../../domain/addressRules.ts';
import { addressMessage } from '../messages.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { askText, type Objection } from '../prompts/askText.ts';
import { back, type Place } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { pickKey } from './pickKey.ts';

/** The address from which programs on this machine reach the emulator. */
const ownAddress = '127.0.0.1';

type Answer = { readonly do: 'add' | 'addOwn' | 'list' | 'save' } | { readonly do: 'remove'; readonly rule: string };

/** Changes from which addresses a key may be used. The single entries and the list are two views of the same rules; Save applies them. */
export async function limitKey(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Manage Address Rules');
  const { key } = node ?? (await pickKey(desk.session, title, ({ kind }) => kind !== 'publishable'));
  const place: Place = { title: `${title}: ${key.name}` };
  let rules: readonly string[] = key.addresses;
  for (;;) {
    const answer = await askChoice(place, {
      placeholder: vscode.l10n.t('IPv4 addresses and ranges the key may be used from'),
      choices: choicesFor(rules),
    });
    if (answer === back) return;
    if (answer.do === 'save') break;
    if (answer.do === 'remove') rules = rules.filter((rule) => rule !== answer.rule);
    if (answer.do === 'addOwn') rules = [...rules, ownAddress];
    if (answer.do === 'add') rules = await addRule(place, rules);
    if (answer.do === 'list') rules = await editList(place, rules);
  }
  await warnOfLockOut(desk, key.id, rules);
  orRefuse(await serviceOf(desk).limit(key.id, rules));
  desk.refresh();
}

/** Asks once more where the rules would shut out an address that used the key lately. */
async function warnOfLockOut(desk: KeyDesk, id: string, rules: readonly string[]): Promise<void> {
  const requests = await serviceOf(desk).requests({ key: id, brief: true, limit: 100 });
  const used = requests.ok ? [...new Set(requests.value.requests.map(({ address }) => address))] : [];
  const shutOut = used.filter((address) => !allowsAddress(rules, address));
  if (shutOut.length === 0) return;
  const save = vscode.l10n.t('Save Anyway');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('These rules shut out addresses that used the key lately.'),
    { modal: true, detail: shutOut.join(', ') },
    save,
  );
  if (chosen !== save) throw new vscode.CancellationError();
}

function countWord(rules: number): string {
  if (rules === 0) return vscode.l10n.t('from any address');
  return rules === 1 ? vscode.l10n.t('1 rule') : vscode.l10n.t('{0} rules', rules);
}

function choicesFor(rules: readonly string[]): Choice<Answer>[] {
  const { t } = vscode.l10n;
  return [
    {
      label: t('Save'),
      iconPath: new vscode.ThemeIcon('save'),
      description: countWord(rules.length),
      value: { do: 'save' },
    },
    { label: t('Add an address or range…'), iconPath: new vscode.ThemeIcon('add'), value: { do: 'add' } },
    ...(rules.includes(ownAddress)
      ? []
      : [
          {
            label: t('Add my address'),
            iconPath: new vscode.ThemeIcon('device-desktop'),
            description: ownAddress,
            value: { do: 'addOwn' } as const,
          },
        ]),
    { label: t('Edit as a list…'), iconPath: new vscode.ThemeIcon('list-flat'), value: { do: 'list' } },
    heading(t('Rules: choose one to remove it')),
    ...rules.map((rule) => ({
      label: rule,
      iconPath: new vscode.ThemeIcon('trash'),
      description: t('remove'),
      value: { do: 'remove', rule } as const,
    })),
  ];
}

async function addRule(place: Place, rules: readonly string[]): Promise<readonly string[]> {
  const check = (entry: string): Objection => {
    const parsed = parseAddressRules([...rules, entry]);
    return parsed.ok ? undefined : addressMessage(parsed.problem);
  };
  const entry = await askText(
    { ...place, canGoBack: true },
    { prompt: vscode.l10n.t('Address such as 203.0.113.7, or range such as 203.0.113.0/24'), validate: check },
  );
  if (entry === back) return rules;
  const rule = parseAddressRule(entry);
  return rule.ok ? [...rules, rule.value] : rules;
}

function listObjection(text: string): Objection {
  const parsed = parseAddressRules(splitAddressList(text));
  return parsed.ok ? undefined : addressMessage(parsed.problem);
}

async function editList(place: Place, rules: readonly string[]): Promise<readonly string[]> {
  const text = await askText(
    { ...place, canGoBack: true },
    {
      prompt: vscode.l10n.t('All addresses and ranges, separated by spaces or line ends'),
      value: rules.join(' '),
      validate: listObjection,
    },
  );
  if (text === back) return rules;
  const parsed = parseAddressRules(splitAddressList(text));
  return parsed.ok ? parsed.value : rules;
}
