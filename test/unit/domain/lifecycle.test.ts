import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ApiKey } from '../../../src/domain/key.ts';
import { ownerId } from '../../../src/domain/key.ts';
import { isSecretKind, kindPrefixes, kinds } from '../../../src/domain/kind.ts';
import {
  checkDeletable,
  checkEditable,
  checkLimitable,
  checkName,
  checkNote,
  checkPermitted,
  defaultKeys,
  longestOverlapDays,
  longestOverlapMinutes,
  mayReveal,
  nameLimit,
  noteLimit,
  planRotation,
  standardName,
  type Expiry,
} from '../../../src/domain/lifecycle.ts';
import { modes, otherMode } from '../../../src/domain/mode.ts';
import type { Outcome } from '../../../src/shared/result.ts';
import { aKey } from '../fixtures.ts';

const now = new Date('2026-11-24T12:00:00Z');
const day = 86_400_000;
const later = (ms: number): Date => new Date(now.getTime() + ms);
const saidOf = (result: Outcome<unknown, { readonly kind: string }>): string =>
  result.ok ? 'allowed' : result.problem.kind;

describe('the keys of a new account', () => {
  it('are four: one publishable and one secret key in each mode', () => {
    assert.deepEqual(
      modes.flatMap((mode) => defaultKeys.filter((key) => key.mode === mode).map(({ kind }) => `${mode} ${kind}`)),
      ['sandbox publishable', 'sandbox secret', 'live publishable', 'live secret'],
    );
  });

  for (const [kind, current, name] of [
    ['publishable', 'mine', 'Publishable key'],
    ['secret', 'mine', 'Secret key'],
    ['restricted', 'mine', 'mine'],
    ['organization', 'mine', 'mine'],
    ['restricted', undefined, ''],
  ] as const) {
    it(`a replaced ${kind} key called ${current} is called "${name}"`, () =>
      assert.equal(standardName(kind, current), name));
  }

  it('are secret but for the publishable one, by their kind', () => {
    assert.deepEqual(kinds.filter(isSecretKind), ['secret', 'restricted', 'organization']);
    assert.deepEqual(kindPrefixes, { publishable: 'pk', secret: 'sk', restricted: 'rk', organization: 'sk_org' });
  });

  it('belong to an account or to an organization', () => {
    assert.equal(ownerId({ account: 'acct_1' }), 'acct_1');
    assert.equal(ownerId({ organization: 'org_1' }), 'org_1');
  });

  it('have another mode beside their own', () => assert.deepEqual(modes.map(otherMode), ['live', 'sandbox']));
});

describe('revealing', () => {
  for (const kind of kinds) {
    for (const mode of modes) {
      for (const revealed of [false, true]) {
        const allowed = kind === 'publishable' || mode === 'sandbox' || !revealed;
        it(`${allowed ? 'shows' : 'does not show'} a ${mode} ${kind} key ${revealed ? 'again' : 'for the first time'}`, () =>
          assert.equal(mayReveal({ kind, mode }, revealed), allowed));
      }
    }
  }
});

describe('a name', () => {
  for (const [why, name, kept] of [
    ['is kept as it is', 'worker', 'worker'],
    ['loses the blanks around it', '  worker \t', 'worker'],
    ['may have all that fits', 'n'.repeat(nameLimit), 'n'.repeat(nameLimit)],
    ['may not have one letter more', 'n'.repeat(nameLimit + 1), undefined],
    ['is measured without the blanks around it', ` ${'n'.repeat(nameLimit)} `, 'n'.repeat(nameLimit)],
    ['is not empty', '', undefined],
    ['is more than blanks', '   ', undefined],
    ['has one line', 'a\nb', undefined],
    ['has no control characters', 'a\u001bb', undefined],
  ] as const) {
    it(why, () => {
      const result = checkName(name);
      if (kept === undefined)
        assert.deepEqual(result, { ok: false, problem: { kind: 'nameInvalid', limit: nameLimit } });
      else assert.deepEqual(result, { ok: true, value: kept });
    });
  }
});

describe('a note', () => {
  for (const [why, note, kept] of [
    ['may be empty', '', ''],
    ['loses the blanks around it', ' where it is used \n', 'where it is used'],
    ['may have lines', 'a\nb', 'a\nb'],
    ['may have all that fits', 'n'.repeat(noteLimit), 'n'.repeat(noteLimit)],
    ['may not have one letter more', 'n'.repeat(noteLimit + 1), undefined],
  ] as const) {
    it(why, () => {
      const result = checkNote(note);
      if (kept === undefined)
        assert.deepEqual(result, { ok: false, problem: { kind: 'noteTooLong', limit: noteLimit } });
      else assert.deepEqual(result, { ok: true, value: kept });
    });
  }
});

describe('rotating', () => {
  it('lets both keys work for seven days at most', () => {
    assert.equal(longestOverlapDays, 7);
    assert.equal(longestOverlapMinutes, 10_080);
  });

  for (const [why, expiry, ends] of [
    ['deletes the old key at once', 'now', undefined],
    ['ends it in a minute', { minutes: 1 }, later(60_000)],
    ['ends it in an hour', { minutes: 60 }, later(3_600_000)],
    ['ends it in seven days', { minutes: 10_080 }, later(7 * day)],
    ['ends it at a time', { at: later(day) }, later(day)],
    ['ends it a millisecond from now', { at: later(1) }, later(1)],
    ['ends it in exactly seven days', { at: later(7 * day) }, later(7 * day)],
  ] as readonly (readonly [string, Expiry, Date | undefined])[]) {
    it(why, () =>
      assert.deepEqual(planRotation(aKey(), expiry, now), { ok: true, value: { name: 'Secret key', ends } }),
    );
  }

  for (const [why, expiry] of [
    ['a time that is now', { at: now }],
    ['a time that has passed', { at: later(-1) }],
    ['a time past seven days', { at: later(7 * day + 1) }],
    ['no minutes', { minutes: 0 }],
    ['a minute past seven days', { minutes: 10_081 }],
    ['no time at all', { at: new Date(Number.NaN) }],
  ] as readonly (readonly [string, Expiry])[]) {
    it(`refuses ${why}`, () =>
      assert.deepEqual(planRotation(aKey(), expiry, now), {
        ok: false,
        problem: { kind: 'expiryInvalid', limitDays: 7 },
      }));
  }

  it('refuses a key that has an end already, and says when', () => {
    const expires = later(day);
    assert.deepEqual(planRotation(aKey({ id: 'mk_2', expires }), 'now', now), {
      ok: false,
      problem: { kind: 'alreadyExpiring', id: 'mk_2', at: expires },
    });
  });

  for (const status of ['expired', 'deleted'] as const)
    it(`refuses a key that is ${status}`, () =>
      assert.deepEqual(planRotation(aKey({ id: 'mk_2', status }), 'now', now), {
        ok: false,
        problem: { kind: 'keyInactive', id: 'mk_2' },
      }));

  it('keeps the name of a restricted key', () => {
    const result = planRotation(aKey({ kind: 'restricted', name: 'worker' }), 'now', now);
    assert.equal(result.ok && result.value.name, 'worker');
  });
});

describe('what may be changed', () => {
  const key = (over: Partial<ApiKey>): ApiKey => aKey({ id: 'mk_2', ...over });
  for (const [what, check, over, said] of [
    ['deleting a secret key', checkDeletable, {}, 'allowed'],
    ['deleting a publishable key', checkDeletable, { kind: 'publishable' }, 'publishableNotDeletable'],
    [
      'ending a publishable key that has an end',
      checkDeletable,
      { kind: 'publishable', expires: later(day) },
      'allowed',
    ],
    ['limiting a secret key', checkLimitable, {}, 'allowed'],
    ['limiting a restricted key', checkLimitable, { kind: 'restricted' }, 'allowed'],
    ['limiting an organization key', checkLimitable, { kind: 'organization' }, 'allowed'],
    ['limiting a publishable key', checkLimitable, { kind: 'publishable' }, 'publishableNotLimited'],
    ['limiting a key that has expired', checkLimitable, { status: 'expired' }, 'keyInactive'],
    ['the permissions of a restricted key', checkPermitted, { kind: 'restricted' }, 'allowed'],
    ['the permissions of an organization key', checkPermitted, { kind: 'organization' }, 'allowed'],
    ['the permissions of a secret key', checkPermitted, {}, 'permissionsFixed'],
    ['the permissions of a publishable key', checkPermitted, { kind: 'publishable' }, 'permissionsFixed'],
    [
      'the permissions of a key that is deleted',
      checkPermitted,
      { kind: 'restricted', status: 'deleted' },
      'keyInactive',
    ],
    ['the name of a secret key', checkEditable, {}, 'allowed'],
    ['the name of a publishable key', checkEditable, { kind: 'publishable' }, 'publishableNotEditable'],
    ['the name of a key that has expired', checkEditable, { status: 'expired' }, 'keyInactive'],
  ] as readonly (readonly [string, typeof checkEditable, Partial<ApiKey>, string])[]) {
    it(`${what}: ${said}`, () => {
      const result = check(key(over));
      assert.equal(saidOf(result), said);
      if (!result.ok) assert.ok(!('id' in result.problem) || result.problem.id === 'mk_2');
    });
  }
});
