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

  it('gives an entry another name and keeps the rest', async () => {
    const entries = new Map<string, string>();
    const vault = vaultOn(entries);
    await vault.store('own_1', new Secret(testSecret()), label);
    const before = JSON.parse(entries.get('keysmith.key.own_1') ?? '') as object;
    assert.ok((await vault.rename('own_1', 'worker')).ok);
    assert.deepEqual(JSON.parse(entries.get('keysmith.key.own_1') ?? ''), { ...before, name: 'worker' });
  });

  it('renames nothing that is missing or damaged', async () => {
    const entries = new Map([['keysmith.key.own_1', '[]']]);
    const vault = vaultOn(entries);
    for (const [id, kind] of [
      ['own_1', 'vaultEntryDamaged'],
      ['own_2', 'vaultEntryMissing'],
    ] as const) {
      const renamed = await vault.rename(id, 'worker');
      assert.equal(renamed.ok ? 'renamed' : renamed.problem.kind, kind);
    }
    assert.deepEqual([...entries], [['keysmith.key.own_1', '[]']]);
  });

  it('lists what may be shown of every entry, those that cannot be read too, and no secret', async () => {
    const vault = vaultOn(
      new Map([
        ['keysmith.key.own_2', '[]'],
        ['keysmith.key.own_3', '{"version":2}'],
      ]),
    );
    await vault.store('own_1', new Secret(testSecret()), label);
    const listed = await vault.list();
    assert.deepEqual(listed, {
      ok: true,
      value: [
        { state: 'kept', id: 'own_1', ...label, mask: new Secret(testSecret()).mask, stored: now },
        { state: 'damaged', id: 'own_2' },
        { state: 'newer', id: 'own_3' },
      ],
    });
    assert.ok(!JSON.stringify(listed).includes(testSecret()));
  });

  for (const [what, change] of [
    ['stored anew', (vault: Vault) => vault.store('own_1', new Secret(testSecret()), { ...label, name: 'changed' })],
    ['renamed', (vault: Vault) => vault.rename('own_1', 'changed')],
  ] as const) {
    it(`lists an entry as it is after it was ${what}`, async () => {
      const vault = vaultOn(new Map());
      await vault.store('own_1', new Secret(testSecret()), label);
      await vault.list();
      await change(vault);
      const listed = await vault.list();
      assert.deepEqual(listed.ok && listed.value.map((entry) => entry.state === 'kept' && entry.name), ['changed']);
    });
  }

  it('reads an entry once for many lists, and again when another window has changed it', async () => {
    const entries = new Map<string, string>();
    const vault = vaultOn(entries);
    await vault.store('own_1', new Secret(testSecret()), label);
    const states = async (): Promise<unknown> => {
      const listed = await vault.list();
      return listed.ok && listed.value.map(({ state }) => state);
    };
    assert.deepEqual(await states(), ['kept']);
    entries.set('keysmith.key.own_1', '[]');
    assert.deepEqual(await states(), ['kept']);
    vault.noteChange('somebody.else');
    assert.deepEqual(await states(), ['kept']);
    vault.noteChange('keysmith.key.own_1');
    assert.deepEqual(await states(), ['damaged']);
    entries.delete('keysmith.key.own_1');
    assert.deepEqual(await states(), []);
  });

  it('answers with a refusal where the machine has no keyring', async () => {
    const vault = new Vault({ get: broken, store: broken, delete: broken, keys: broken }, () => now);
    for (const result of [
      await vault.read('mk_1'),
      await vault.store('mk_1', new Secret('a'), label),
      await vault.forget('mk_1'),
      await vault.ids(),
      await vault.list(),
      await vault.rename('mk_1', 'worker'),
    ]) {
      assert.deepEqual(result, { ok: false, problem: { kind: 'vaultUnavailable', why: 'no keyring' } });
    }
  });
});
