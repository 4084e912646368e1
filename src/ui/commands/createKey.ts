import * as vscode from 'vscode';
import { ownerId, type Owner } from '../../domain/key.ts';
import { checkName } from '../../domain/lifecycle.ts';
import { modes, type Mode } from '../../domain/mode.ts';
import type { Result } from '../../domain/problem.ts';
import type { KeyService, RevealedKey } from '../../management/keyService.ts';
import { setContext } from '../context.ts';
import { problemMessage } from '../messages.ts';
import { askChoice, heading, type Choice } from '../prompts/askChoice.ts';
import { askPermissions } from '../prompts/askPermissions.ts';
import { askText, type Objection } from '../prompts/askText.ts';
import { askVerification, VerificationCode } from '../prompts/askVerification.ts';
import { permissionTemplates, type TemplateName } from '../prompts/permissionChoices.ts';
import { permissionLines } from '../prompts/permissionWords.ts';
import { back, runSteps, type Step } from '../prompts/steps.ts';
import { accountOwner, organizationOwner, type KeyTreeNode, type NamedOwner } from '../tree/nodes.ts';
import { kindIcons, kindWord, modeIcon, modeWord } from '../words.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse } from './failure.ts';
import { handOver } from './keepSecret.ts';

/** The kinds of keys that are made by hand. */
export type CreatableKind = 'secret' | 'restricted' | 'organization';

/** What has been answered so far. */
interface Draft {
  readonly kind: CreatableKind;
  readonly owner?: Owner;
  readonly ownerName: string;
  readonly mode?: Mode;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly connectPermissions: readonly string[];
  /** What came of it. */
  readonly made?: Result<RevealedKey>;
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
  kind: CreatableKind,
  node?: KeyTreeNode,
  proposed?: ProposedKey,
): Promise<void> {
  const service = serviceOf(desk);
  const start: Draft = {
    kind,
    ownerName: '',
    name: '',
    permissions: [],
    connectPermissions: [],
    ...draftFromNode(node, kind),
    ...proposed,
  };
  const { made } = await runSteps(titleOf(kind), start, [
    ...(start.owner && start.mode ? [] : [askPlace(service, start)]),
    askName,
    ...(proposed ? [] : permissionSteps(service, kind)),
    review,
    verify(service, new VerificationCode(service, desk.notifier)),
  ]);
  if (!made) return;
  const key = orRefuse(made);
  if (kind === 'restricted') setContext('restricted', true);
  await handOver(desk, key, vscode.l10n.t('The new key.'));
}

function titleOf(kind: CreatableKind): string {
  switch (kind) {
    case 'secret':
      return vscode.l10n.t('Create Secret Key');
    case 'restricted':
      return vscode.l10n.t('Create Restricted Key');
    case 'organization':
      return vscode.l10n.t('Create Organization Key');
    default:
      return kind satisfies never;
  }
}

/** What a key of a kind may do; a secret key may do everything, and an organization's permissions hold in every account. */
function permissionSteps(service: KeyService, kind: CreatableKind): Step<Draft>[] {
  if (kind === 'secret') return [];
  return [askTemplate(service, kind), askOwnPermissions, ...(kind === 'restricted' ? [askConnectPermissions] : [])];
}

/** What a row of the tree tells of a key to be made on it; nothing where such a key cannot be made there. */
function draftFromNode(node: KeyTreeNode | undefined, kind: CreatableKind): Partial<Draft> {
  const named = ownerOf(node);
  if (!named || 'organization' in named.owner !== (kind === 'organization')) return {};
  const mode = node?.type === 'mode' || node?.type === 'group' ? node.mode : undefined;
  return { owner: named.owner, ownerName: named.name, ...(mode ? { mode } : {}) };
}

function ownerOf(node: KeyTreeNode | undefined): NamedOwner | undefined {
  switch (node?.type) {
    case 'account':
      return accountOwner(node.account);
    case 'organization':
      return organizationOwner(node.organization);
    case 'mode':
    case 'group':
      return node.owner;
    default:
      return undefined;
  }
}

/** Asks whose key it is, unless that is known, and for the mode. */
function askPlace(service: KeyService, { owner: known, kind }: Draft): Step<Draft> {
  return async (draft, place) => {
    const all =
      kind === 'organization'
        ? orRefuse(await service.organizations()).map(organizationOwner)
        : orRefuse(await service.accounts()).map(accountOwner);
    const owners = known ? all.filter(({ id }) => id === ownerId(known)) : all;
    const choices = owners.flatMap(({ owner, id, name }) => [
      heading(`${name} · ${id}`),
      ...modes.map((mode): Choice<{ owner: Owner; name: string; mode: Mode }> => ({
        label: modeWord(mode),
        iconPath: new vscode.ThemeIcon(modeIcon(mode)),
        description: name,
        value: { owner, name, mode },
      })),
    ]);
    const answer = await askChoice(place, {
      placeholder: placeQuestion(kind, owners.length, known !== undefined),
      choices,
      active: ({ owner, mode }) =>
        draft.owner !== undefined && ownerId(owner) === ownerId(draft.owner) && mode === draft.mode,
    });
    return answer === back ? back : { ...draft, owner: answer.owner, ownerName: answer.name, mode: answer.mode };
  };
}

function placeQuestion(kind: CreatableKind, owners: number, known: boolean): string {
  const { t } = vscode.l10n;
  if (owners === 0) return t('There is no organization here, and so no key of one');
  if (known) return t('For which mode?');
  return kind === 'organization' ? t('For which organization and mode?') : t('For which account and mode?');
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

function askTemplate(service: KeyService, wanted: 'restricted' | 'organization'): Step<Draft> {
  return async (draft, place) => {
    const keys = orRefuse(await service.keys()).filter(
      ({ kind, permissions }) => (kind === 'restricted' || kind === wanted) && permissions.length > 0,
    );
    const answer = await askChoice(place, {
      placeholder: vscode.l10n.t('Start from'),
      choices: [
        template('nothing', vscode.l10n.t('Nothing: every permission is None')),
        ...(wanted === 'organization'
          ? [template('everything', vscode.l10n.t('Everything: an organization key without restrictions'))]
          : []),
        heading(vscode.l10n.t('Templates')),
        template('readOnly', vscode.l10n.t('Read everything')),
        template('checkoutServer', vscode.l10n.t('Checkout server')),
        template('billingBackend', vscode.l10n.t('Billing backend')),
        template('webhooks', vscode.l10n.t('Webhooks')),
        template('reporting', vscode.l10n.t('Reporting')),
        ...(keys.length > 0 ? [heading(vscode.l10n.t('Copy from a key'))] : []),
        ...keys.map((key) => ({
          label: key.name,
          iconPath: new vscode.ThemeIcon(kindIcons[key.kind]),
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
    description: `${modeWord(mode)} · ${kindWord(draft.kind)} · ${draft.ownerName}`,
    value: true,
  };
  const answer = await askChoice<true>(place, {
    placeholder: vscode.l10n.t('Review'),
    choices: [create, ...factsOf(draft)],
  });
  return answer === back ? back : draft;
};

const lines = (permissions: readonly string[]): Choice<never>[] =>
  permissionLines(permissions).map((label) => ({ label }));

/** What the key will be able to do, in words. */
function factsOf({ kind, permissions, connectPermissions }: Draft): Choice<never>[] {
  switch (kind) {
    case 'secret':
      return [heading(''), { label: vscode.l10n.t('May do everything the account may do.') }];
    case 'organization':
      return [heading(vscode.l10n.t('In every account of the organization')), ...lines(permissions)];
    case 'restricted':
      return [
        heading(vscode.l10n.t('On its own account')),
        ...lines(permissions),
        heading(vscode.l10n.t('On connected accounts')),
        ...lines(connectPermissions),
      ];
    default:
      return kind satisfies never;
  }
}

/** Asks for the code, and makes the key with it. */
function verify(service: KeyService, code: VerificationCode): Step<Draft> {
  return async (draft, place) => {
    const { kind, owner, mode, name, permissions, connectPermissions } = draft;
    if (!owner || !mode) return back;
    const made = await askVerification(place, code, { owner, mode }, (verification) =>
      service.create({ owner, mode, kind, name, permissions, connectPermissions, verification }),
    );
    return made === back ? back : { ...draft, made };
  };
}
