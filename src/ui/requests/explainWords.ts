import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { parsePermission, wirePermissionLabel } from '../../domain/permissions.ts';
import type { CheckName, Explanation, Mend } from '../../requests/explain.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { kindWord, modeWord } from '../words.ts';

/** Why a request was let in or refused, in one sentence: what the key has and what is needed. */
export function sentenceOf(request: LoggedRequest, key: ApiKey | undefined, explanation: Explanation): string {
  const { t } = vscode.l10n;
  const name = key ? `“${key.name}”` : t('The key');
  const needs = explanation.needs === undefined ? '' : neededWord(explanation.needs, explanation.connected);
  if (explanation.mended) {
    return request.refused?.kind === 'addressNotAllowed'
      ? t('{0} was not allowed from {1} then; by now it is.', name, request.address)
      : t('{0} lacked {1} then; by now it has it.', name, needs);
  }
  switch (request.refused?.kind) {
    case undefined:
      return allowedSentence(request, key, needs);
    case 'noKey':
      return t('The request came without a key.');
    case 'unknownKey':
      return t('No account here has this key. It may be one of another emulator, of Stripe itself, or deleted.');
    case 'expiredKey':
      return t('{0} has expired or was rotated away.', name);
    case 'addressNotAllowed':
      return t(
        '{0} may be used from {1} only, and the request came from {2}.',
        name,
        key?.addresses.join(', ') ?? '…',
        request.address,
      );
    case 'organizationContextMissing':
      return t('A key of an organization must say for which account it acts, in the header Stripe-Context.');
    case 'accountInaccessible':
      return t('{0} has no access to the account that was named: {1}.', name, request.context ?? '…');
    case 'notAPlatform':
      return t('The account of {0} is no platform, so it has no connected accounts.', name);
    case 'organizationVersionMissing':
    case 'versionMissing':
      return t('The header Stripe-Version is missing; here it is required.');
    case 'versionInvalid':
      return t('There is no such version: {0}.', request.version ?? '…');
    case 'unknownPath':
      return t('Stripe has no {0} {1}.', request.method, request.path);
    case 'publishableKeyNotAllowed':
      return t('A publishable key may not do this: it needs a secret or restricted key.');
    case 'noConnectPermissions':
      return t(
        '{0} has no Connect permissions, so it can do nothing for another account. This needs {1}.',
        name,
        needs,
      );
    case 'permissionMissing':
      return t('{0} has {1}; this needs {2}.', name, hasWord(explanation), needs);
    case 'permissionUnavailable':
      return t('No restricted key can do this; it needs a secret key.');
    default:
      return request.refused?.message ?? '';
  }
}

function allowedSentence(request: LoggedRequest, key: ApiKey | undefined, needs: string): string {
  const { t } = vscode.l10n;
  if (request.status >= 400) return t('The key was let in, and the request failed with {0}.', request.status);
  if (!key) return t('The request was let in.');
  if (key.kind === 'restricted' && needs !== '') {
    return t('“{0}” has the permission {1}.', key.name, needs);
  }
  return t('“{0}” is a {1}, which may do this.', key.name, kindWord(key.kind));
}

/** A permission that is needed: for connected accounts another list of the key counts than for its own. */
const neededWord = (name: string, connected: boolean): string =>
  connected ? vscode.l10n.t('{0} for connected accounts', permissionWord(name)) : permissionWord(name);

/** What the key has of the resource. */
function hasWord({ has, connected }: Explanation): string {
  const { t } = vscode.l10n;
  if (has && has.length > 0) return has.map(permissionWord).join(', ');
  return connected ? t('no permission for it in connected accounts') : t('no permission for it');
}

/** `Customers Read (customer_read)`. */
export const permissionWord = (name: string): string => {
  const label = wirePermissionLabel(name);
  return label === undefined ? name : `${label} (${name})`;
};

export function checkWord(name: CheckName): string {
  const { t } = vscode.l10n;
  switch (name) {
    case 'key':
      return t('Key');
    case 'address':
      return t('Address');
    case 'context':
      return t('Context');
    case 'version':
      return t('Version');
    case 'route':
      return t('Endpoint');
    case 'permission':
      return t('Permission');
    case 'request':
      return t('Request');
    default:
      return name satisfies never;
  }
}

export function mendWord(mend: Mend): string {
  const { t } = vscode.l10n;
  switch (mend.kind) {
    case 'grant': {
      const label = wirePermissionLabel(mend.permission) ?? mend.permission;
      const enough = parsePermission(mend.permission)?.level === 'read';
      if (mend.connect) return t('Grant {0} for Connected Accounts', label);
      return enough ? t('Grant {0} (Read Is Enough)', label) : t('Grant {0}', label);
    }
    case 'allowAddress':
      return t('Allow {0}', mend.address);
    case 'otherMode':
      return t('Use a {0} Key', modeWord(mend.mode));
    case 'secretKey':
      return t('Copy a Secret Key…');
    case 'addContext':
      return t('Copy the Header Stripe-Context…');
    case 'addVersion':
      return t('Copy the Header Stripe-Version');
    case 'sendAgain':
      return t('Send Again');
    case 'duplicate':
      return t('Create a Key Like It…');
    case 'rotate':
      return t('Not You? Rotate It…');
    default:
      return mend satisfies never;
  }
}
