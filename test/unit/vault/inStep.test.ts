import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ListedEntry } from '../../../src/vault/entry.ts';
import { keepInStep, type KnownKeys } from '../../../src/vault/inStep.ts';

const anEntry = (id: string, name: string): ListedEntry => ({
  state: 'kept',
  id,
  name,
  kind: 'secret',
  mode: 'sandbox',
  mask: 'sk_test_…1234',
  stored: new Date('2026-01-01T00:00:00Z'),
});

/** What is done to a vault with these entries beside a service with these keys, which has deleted others. */
async function done(
  entries: readonly ListedEntry[],
  names: Readonly<Record<string, string>>,
  deleted: readonly string[] = [],
): Promise<string[]> {
  const acts: string[] = [];
  const vault = {
    rename: async (id: string, name: string) => {
      acts.push(`${id} is ${name}`);
      return { ok: true, value: undefined } as const;
    },
    forget: async (id: string) => {
      acts.push(`${id} is forgotten`);
      return { ok: true, value: undefined } as const;
    },
  };
  const keys: KnownKeys = {
    has: (id) => id in names,
    nameOf: (id) => names[id],
    deleted: (id) => deleted.includes(id),
  };
  assert.ok((await keepInStep(vault, entries, keys)).ok);
  return acts;
}

describe('a vault in step with a service', () => {
  it('calls a key as the service does', async () => {
    assert.deepEqual(await done([anEntry('mk_1', 'old'), anEntry('mk_2', 'same')], { mk_1: 'new', mk_2: 'same' }), [
      'mk_1 is new',
    ]);
  });

  it('forgets what the service has deleted', async () =>
    assert.deepEqual(await done([anEntry('mk_1', 'a'), anEntry('mk_2', 'b')], { mk_2: 'b' }, ['mk_1']), [
      'mk_1 is forgotten',
    ]));

  it('keeps what the service has never heard of, what was put in by hand, and what cannot be read', async () => {
    const entries: ListedEntry[] = [
      anEntry('mk_1', 'of another emulator'),
      anEntry('own_1', 'mine'),
      { state: 'damaged', id: 'mk_2' },
      { state: 'newer', id: 'mk_3' },
    ];
    assert.deepEqual(await done(entries, { own_1: 'theirs', mk_2: 'x' }, ['own_1', 'mk_2', 'mk_3']), []);
  });

  it('stops where the storage refuses', async () => {
    const refused = { ok: false, problem: { kind: 'vaultUnavailable', why: 'no keyring' } } as const;
    let tried = 0;
    const vault = { rename: async () => (tried++, refused), forget: async () => (tried++, refused) };
    const keys = { has: () => true, nameOf: () => 'new', deleted: () => false };
    assert.deepEqual(await keepInStep(vault, [anEntry('mk_1', 'a'), anEntry('mk_2', 'b')], keys), refused);
    assert.equal(tried, 1);
  });
});
