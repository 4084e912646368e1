import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import type { SecretMap } from '../../../src/vault/secretMap.ts';
import { Vault } from '../../../src/vault/vault.ts';
import { testSecret } from '../fixtures.ts';

const label = { name: 'Secret key', kind: 'secret', mode: 'sandbox' } as const;
const now = new Date('2026-05-01T12:00:00Z');

function vaultOn(entries: Map<string, string>): Vault {
  const secrets: SecretMap = {
    get: async (key) => entries.get(key),
    store: async (key, value) => void entries.set(key, value),
    delete: async (key) => void entries.delete(key),
    keys: async () => [...entries.keys()],
  };
  return new Vault(secrets, () => now);
}

const broken = async (): Promise<never> => {
  throw new Error('no keyring');
};

describe('Vault', () => {
  it('keeps a secret and gives it back', async () => {
    const vault = vaultOn(new Map());
    await vault.store('mk_1', new Secret(testSecret()), label);
    const read = await vault.read('mk_1');
    assert.ok(read.ok);
    assert.equal(read.value.secret.reveal(), testSecret());
    assert.deepEqual(read.value.stored, now);
  });

  it('lists the ids of its own entries, sorted', async () => {
    const vault = vaultOn(new Map([['somebody.else', 'x']]));
    await vault.store('mk_2', new Secret('b'), label);
    await vault.store('mk_1', new Secret('a'), label);
    assert.deepEqual(await vault.ids(), { ok: true, value: ['mk_1', 'mk_2'] });
  });

  it('forgets a secret, and is silent where there is none', async () => {
    const vault = vaultOn(new Map());
    await vault.store('mk_1', new Secret('a'), label);
    assert.ok((await vault.forget('mk_1')).ok);
    assert.ok((await vault.forget('mk_1')).ok);
    assert.deepEqual(await vault.read('mk_1'), { ok: false, problem: { kind: 'vaultEntryMissing', id: 'mk_1' } });
  });

  for (const [why, text, kind] of [
    ['text that is no JSON', '{"version":1,', 'vaultEntryDamaged'],
    ['an entry without a token', '{"version":1,"stored":"2026-05-01T12:00:00.000Z"}', 'vaultEntryDamaged'],
    ['another type', '[]', 'vaultEntryDamaged'],
    ['a newer version', '{"version":2,"anything":true}', 'vaultEntryNewer'],
  ] as const) {
    it(`refuses ${why} and keeps it`, async () => {
      const entries = new Map([['keysmith.key.mk_1', text]]);
      const read = await vaultOn(entries).read('mk_1');
      assert.equal(read.ok ? 'read' : read.problem.kind, kind);
      assert.equal(entries.get('keysmith.key.mk_1'), text);
    });
  }

  it('answers with a refusal where the machine has no keyring', async () => {
    const vault = new Vault({ get: broken, store: broken, delete: broken, keys: broken }, () => now);
    for (const result of [
      await vault.read('mk_1'),
      await vault.store('mk_1', new Secret('a'), label),
      await vault.forget('mk_1'),
      await vault.ids(),
    ]) {
      assert.deepEqual(result, { ok: false, problem: { kind: 'vaultUnavailable', why: 'no keyring' } });
    }
  });
});
