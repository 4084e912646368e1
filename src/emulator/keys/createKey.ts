import type { Owner } from '../../domain/key.ts';
import type { Kind } from '../../domain/kind.ts';
import { checkName, checkNote } from '../../domain/lifecycle.ts';
import type { Mode } from '../../domain/mode.ts';
import type { KeyProblem, Result } from '../../domain/problem.ts';
import { parseAddressRules } from '../../domain/addressRules.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { checkPermissions, findKey, normalized, type Revealed } from './keyActions.ts';
import { addMinted } from './mintKey.ts';
import { useCode, type CodeEntry } from './verify.ts';

/** What a person fills in to create a key. */
export interface NewKeyForm {
  readonly owner: Owner;
  readonly mode: Mode;
  readonly kind: Exclude<Kind, 'publishable'>;
  readonly name: string;
  readonly note: string;
  readonly permissions: readonly string[];
  readonly connectPermissions: readonly string[];
  readonly addresses: readonly string[];
  readonly verification: CodeEntry | undefined;
}

/** Creates a key after its verification code has been checked. The form is checked first, so that a mistake costs no code. */
export function createKey(store: Store, form: NewKeyForm, now: Date): Result<Revealed, KeyProblem> {
  const { owner, mode, kind, permissions, connectPermissions } = form;
  const found = findOwner(store, owner);
  if (found) return refuse(found);
  if ((kind === 'organization') !== 'organization' in owner) {
    return refuse({
      kind: 'kindNotCreatable',
      what: `${kind} key of an ${'organization' in owner ? 'organization' : 'account'}`,
    });
  }
  const name = checkName(form.name);
  if (!name.ok) return name;
  const note = checkNote(form.note);
  if (!note.ok) return note;
  if (kind === 'secret' && permissions.length + connectPermissions.length > 0) {
    return refuse({ kind: 'kindNotCreatable', what: 'secret key with permissions; create a restricted key' });
  }
  const unknown = checkPermissions([...permissions, ...connectPermissions]);
  if (unknown) return refuse(unknown);
  const addresses = parseAddressRules(form.addresses);
  if (!addresses.ok) return addresses;
  const verified = useCode(
    store,
    form.verification,
    'account' in owner ? owner.account : owner.organization,
    mode,
    now,
  );
  if (verified) return refuse(verified);
  return ok(
    addMinted(
      store,
      {
        kind,
        mode,
        owner,
        name: name.value,
        note: note.value,
        permissions: normalized(permissions),
        connectPermissions: normalized(connectPermissions),
        addresses: addresses.value,
      },
      { revealable: false, now }, // shown now, and for a live key never again (source: "Reveal live mode secret keys")
    ),
  );
}

/** Clones a key: its permissions, and its name unless another is given (source: "To create a restricted API key"). */
export function duplicateKey(
  store: Store,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly note?: string | undefined;
    readonly verification: CodeEntry | undefined;
  },
  now: Date,
): Result<Revealed, KeyProblem> {
  const found = findKey(store, id, now);
  if (!found.ok) return found;
  const { kind, owner, mode, name, permissions, connectPermissions } = found.value;
  if (kind === 'publishable') return refuse({ kind: 'kindNotCreatable', what: 'second publishable key' });
  return createKey(
    store,
    {
      kind,
      owner,
      mode,
      name: change.name ?? name,
      note: change.note ?? '',
      permissions,
      connectPermissions,
      addresses: [],
      verification: change.verification,
    },
    now,
  );
}

function findOwner(store: Store, owner: Owner): KeyProblem | undefined {
  if ('account' in owner)
    return store.accounts.find(owner.account) ? undefined : { kind: 'ownerNotFound', id: owner.account };
  return store.accounts.findOrganization(owner.organization)
    ? undefined
    : { kind: 'ownerNotFound', id: owner.organization };
}
