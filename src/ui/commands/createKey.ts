import * as vscode from 'vscode';
import { ownerId, type Owner } from '../../domain/key.ts';
import { checkName } from '../../domain/lifecycle.ts';
import { modes, type Mode } from '../../domain/mode.ts';
import type { KeyService } from '../../management/keyService.ts';
import { problemMessage } from '../messages.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { askPermissions } from '../prompts/askPermissions.ts';
import { askText, type Objection } from '../prompts/askText.ts';
import { askVerification } from '../prompts/askVerification.ts';
import { permissionTemplates, type TemplateName } from '../prompts/permissionChoices.ts';
import { permissionLines } from '../prompts/permissionWords.ts';
import { back, runSteps, type Step } from '../prompts/steps.ts';
import type { KeyTreeNode } from '../tree/nodes.ts';
import { kindWord, modeIcon, modeWord } from '../words.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { handOver } from './keepSecret.ts';

/** What has been answered so far. */
interface Draft {
  readonly kind: 'secret' | 'restricted' | 'organization';
  readonly owner?: Owner;
  readonly ownerName: string;
  readonly mode?: Mode;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly connectPermissions: readonly string[];
}

/** What a key that is proposed has already: its permissions, and where they are known its account and mode. */
export type ProposedKey = Pick<Draft, 'permissions' | 'connectPermissions'> & Partial<Draft>;

/**
 * Creates a key step by step, asking only what the row it was called on does not tell.
 *
 * @param proposed permissions that are not asked for again
 */
export async function createKey(
  desk: KeyDesk,
  kind: 'secret' | 'restricted',
  node?: KeyTreeNode,
  proposed?: ProposedKey,
): Promise<void> {
  const service = serviceOf(desk);
  const title = kind === 'secret' ? vscode.l10n.t('Create Secret Key') : vscode.l10n.t('Create Restricted Key');
  const start: Draft = {
    kind,
    ownerName: '',
    name: '',
    permissions: [],
    connectPermissions: [],
    ...told(node),
    ...proposed,
  };
  const steps: Step<Draft>[] = [
    ...(start.owner && start.mode ? [] : [askPlace(service, kind === 'secret')]),
    askName,
    ...(kind === 'restricted' && !proposed ? [askTemplate(service), askOwnPermissions, askConnectPermissions] : []),
    review,
  ];
  const draft = await runSteps(title, start, steps);
  const { owner, mode } = draft;
  if (!owner || !mode) return;
  const outcome = await askVerification({ title }, { service, notifier: desk.notifier, owner, mode }, (verification) =>
    service.create({
      owner,
      mode,
      kind: 'organization' in owner ? 'organization' : kind,
      name: draft.name,
      permissions: draft.permissions,
      connectPermissions: draft.connectPermissions,
      verification,
    }),
  );
  if (outcome === back) return;
  await handOver(desk, orRefuse(outcome), vscode.l10n.t('The new key.'));
}

/** What a row of the tree tells of a key to be made on it. */
function told(node: KeyTreeNode | undefined): Partial<Draft> {
  switch (node?.type) {
    case 'account':
      return {};
    case 'mode':
    case 'group':
      return { owner: node.owner.owner, ownerName: node.owner.name, ...(node.mode ? { mode: node.mode } : {}) };
    default:
      return {};
  }
}

interface KeyPlace {
  readonly owner: Owner;
  readonly name: string;
  readonly mode: Mode;
}

function askPlace(service: KeyService, organizationsToo: boolean): Step<Draft> {
  return async (draft, place) => {
    const accounts = orRefuse(await service.accounts());
    const organizations = organizationsToo ? orRefuse(await service.organizations()) : [];
    const owners: { owner: Owner; name: string }[] = [
      ...accounts.map(({ id, name }) => ({ owner: { account: id }, name })),
      ...organizations.map(({ id, name }) => ({ owner: { organization: id }, name })),
    ];
    const choices = owners.flatMap(({ owner, name }): Choice<KeyPlace>[] => [
      heading(`${name} · ${ownerId(owner)}`),
      ...modes.map((mode) => ({
        label: modeWord(mode),
        iconPath: new vscode.ThemeIcon(modeIcon(mode)),
        description: name,
        value: { owner, name, mode },
      })),
    ]);
    const answer = await askChoice(place, {
      placeholder: vscode.l10n.t('For which account and mode?'),
      choices,
      active: ({ owner, mode }) =>
        draft.owner !== undefined && ownerId(owner) === ownerId(draft.owner) && mode === draft.mode,
    });
    return answer === back ? back : { ...draft, owner: answer.owner, ownerName: answer.name, mode: answer.mode };
  };
}

const askName: Step<Draft> = async (draft, place) => {
  const answer = await askText(place, {
    prompt: vscode.l10n.t('Name of the key'),
    placeholder: vscode.l10n.t('for example: billing worker'),
    value: draft.name,
    validate: nameObjection,
  });
  return answer === back ? back : { ...draft, name: answer.trim() };
};

export function nameObjection(name: string): Objection {
  const checked = checkName(name);
  return checked.ok ? undefined : problemMessage(checked.problem);
}

const template = (name: TemplateName, label: string): Choice<readonly string[]> => ({
  label,
  description: vscode.l10n.t('{0} permissions', permissionTemplates[name].length),
  value: permissionTemplates[name],
});

function askTemplate(service: KeyService): Step<Draft> {
  return async (draft, place) => {
    const keys = orRefuse(await service.keys()).filter(
      ({ kind, permissions }) => kind === 'restricted' && permissions.length > 0,
    );
    const answer = await askChoice(place, {
      placeholder: vscode.l10n.t('Start from'),
      choices: [
        template('nothing', vscode.l10n.t('Nothing: every permission is None')),
        heading(vscode.l10n.t('Templates')),
        template('readOnly', vscode.l10n.t('Read everything')),
        template('checkoutServer', vscode.l10n.t('Checkout server')),
        template('billingBackend', vscode.l10n.t('Billing backend')),
        template('webhooks', vscode.l10n.t('Webhooks')),
        template('reporting', vscode.l10n.t('Reporting')),
        ...(keys.length > 0 ? [heading(vscode.l10n.t('Copy from a key'))] : []),
        ...keys.map((key) => ({
          label: key.name,
          iconPath: new vscode.ThemeIcon('shield'),
          description: modeWord(key.mode),
          value: key.permissions,
        })),
      ],
    });
    return answer === back ? back : { ...draft, permissions: answer };
  };
}

const askOwnPermissions: Step<Draft> = async (draft, place) => {
  const answer = await askPermissions(place, 'own', draft.permissions);
  return answer === back ? back : { ...draft, permissions: answer };
};

const askConnectPermissions: Step<Draft> = async (draft, place) => {
  const answer = await askPermissions(place, 'connected', draft.connectPermissions);
  return answer === back ? back : { ...draft, connectPermissions: answer };
};

const review: Step<Draft> = async (draft, place) => {
  const { mode = 'sandbox' } = draft;
  const create: Choice<true> = {
    label: vscode.l10n.t('Create “{0}”', draft.name),
    iconPath: new vscode.ThemeIcon('check'),
    description: `${modeWord(mode)} · ${kindWord(draft.owner && 'organization' in draft.owner ? 'organization' : draft.kind)} · ${draft.ownerName}`,
    value: true,
  };
  const facts: Choice<never>[] =
    draft.kind === 'restricted'
      ? [
          heading(vscode.l10n.t('On its own account')),
          ...permissionLines(draft.permissions).map((label) => ({ label })),
          heading(vscode.l10n.t('On connected accounts')),
          ...permissionLines(draft.connectPermissions).map((label) => ({ label })),
        ]
      : [heading(''), { label: vscode.l10n.t('May do everything the account may do.') }];
  const answer = await askChoice<true>(place, { placeholder: vscode.l10n.t('Review'), choices: [create, ...facts] });
  return answer === back ? back : draft;
};
