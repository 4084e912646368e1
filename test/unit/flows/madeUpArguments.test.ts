import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commandArguments } from '../../../src/ui/commandArguments.ts';
import type { CommandId } from '../../../src/ui/contract.ts';
import { OwnRows } from '../../../src/ui/ownRows.ts';
import { aKey } from '../fixtures.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: CommandId }[] };
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as Manifest;
const commands = manifest.contributes.commands.map(({ command }) => command);

const owner = { owner: { account: 'acct_1' }, id: 'acct_1', name: 'Platform' };
const keyRow = { type: 'key', owner, key: aKey({ mode: 'live' }) };
const keptRow = { type: 'kept', entry: { state: 'kept', id: 'own_1', name: 'our shop', kind: 'secret', mode: 'live' } };
const group = { type: 'group', owner, group: 'standard', mode: 'live' };
const place = {
  uri: 'file:///w/a.ts',
  range: { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } },
  fingerprint: 'f'.repeat(64),
};

class Impostor {
  readonly type = 'key';
  readonly key = keyRow.key;
  readonly entry = keptRow.entry;
}

/** What a stranger could call a command with. None of it may run, be kept, or be taken for a row of ours. */
const run: string[] = [];
const loud = (name: string): object =>
  new Proxy(keyRow, {
    get: (target, property) => {
      run.push(`${name}.${String(property)}`);
      return Reflect.get(target, property) as unknown;
    },
  });
const getters: unknown = Object.defineProperties(
  {},
  Object.fromEntries(
    [
      'type',
      'key',
      'entry',
      'uri',
      'range',
      'fingerprint',
      'finding',
      'places',
      'list',
      'length',
      '0',
      'then',
      'toJSON',
    ].map((name) => [
      name,
      {
        enumerable: true,
        get: () => {
          run.push(`getter ${name}`);
          return 'key';
        },
      },
    ]),
  ),
);
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const circular: Record<string, unknown> = { type: 'kept' };
circular['entry'] = circular;

const strangers: readonly (readonly [string, unknown])[] = [
  ['a key row', { ...keyRow }],
  ['a row of the vault', { ...keptRow }],
  ['a list', { ...group }],
  ['a row that cannot be read', { type: 'unreadable', entry: { state: 'damaged', id: 'own_1' } }],
  ['more rows', { type: 'more', list: group, hidden: 5 }],
  ['a leak', { type: 'leakPlace', finding: place, below: 'leakFile' }],
  ['a leaked key', { type: 'leakedKey', fingerprint: 'f', places: [place] }],
  ['a frozen row', Object.freeze({ ...keyRow })],
  ['a row without a prototype', Object.assign(Object.create(null) as object, keyRow)],
  ['a row behind a prototype', Object.create(keyRow)],
  ['a row of a class', new Impostor()],
  ['getters', getters],
  ['a proxy', loud('a proxy')],
  ['a proxy that was revoked', revoked],
  ['a copy through JSON', JSON.parse(JSON.stringify(keyRow))],
  ['a copy of the structure', structuredClone(keyRow)],
  ['a circle', circular],
  ['a row as the editor passes one on', { $treeViewId: 'keysmith.keys', $treeItemHandle: '0/0:mk_1' }],
  ['a huge text', 'x'.repeat(10_000_000)],
  ['a text', 'mk_1'],
  ['numbers', [0, -1, Number.NaN, 2 ** 60]],
  ['a list of rows', [keyRow, keptRow]],
  ['a function', () => keyRow],
  ['a symbol', Symbol('key')],
  ['a big number', 10n],
  ['null', null],
  ['true', true],
  ['a map', new Map([['key', keyRow]])],
  ['a promise', Promise.resolve(keyRow)],
];

/** A command that takes plain data gets a copy of it; every other gets nothing. */
const takesPlain = (id: CommandId): boolean => /^keysmith\.(?:leak\.|secretFor|requests\.explain)/.test(id);

describe('a command that somebody else calls', () => {
  it('is every one that there is', () => assert.ok(commands.length > 40));

  for (const id of commands) {
    it(`takes no made-up argument: ${id}`, () => {
      const rows = new OwnRows();
      run.splice(0);
      for (const [why, stranger] of strangers) {
        for (const all of [[stranger], [stranger, strangers.map(([, one]) => one)], [undefined, [stranger]]]) {
          const taken = commandArguments(id, all, rows) as unknown[];
          if (!takesPlain(id)) assert.deepEqual(taken, [], why);
          for (const one of taken) {
            assert.notEqual(one, stranger === 'mk_1' ? undefined : stranger, `${why} as it is`);
            assert.ok((JSON.stringify(one) ?? '').length < 6000, why);
            if (typeof one === 'object' && one !== null) assert.equal('type' in one, false, why);
          }
        }
      }
      assert.deepEqual(run, [], 'a stranger’s code ran');
    });
  }

  it('takes our own rows, each where it belongs', () => {
    const rows = new OwnRows();
    const [key, kept, list] = rows.vouchAll<object>([{ ...keyRow }, { ...keptRow }, { ...group }]);
    const taken = (id: CommandId, ...all: readonly unknown[]): unknown[] => commandArguments(id, all, rows);
    assert.equal(taken('keysmith.key.copy', key)[0], key);
    assert.equal(taken('keysmith.key.copy', kept)[0], kept);
    assert.deepEqual(taken('keysmith.key.copy', list), []);
    assert.deepEqual(taken('keysmith.key.rotate', kept), []);
    assert.equal(taken('keysmith.vault.rename', kept)[0], kept);
    assert.equal(taken('keysmith.key.createSecret', list)[0], list);
    assert.deepEqual(taken('keysmith.refresh', key), []);
  });

  it('takes of what is selected our own rows only, and only with a row of ours', () => {
    const rows = new OwnRows();
    const [first, second] = rows.vouchAll<object>([{ ...keyRow }, { ...keyRow }]);
    for (const id of ['keysmith.key.delete', 'keysmith.vault.forget'] as const) {
      const [row, selected] = commandArguments(id, [first, [first, { ...keyRow }, second, null]], rows) as [
        object,
        object[],
      ];
      assert.equal(row, first);
      assert.equal(selected.length, 2);
      assert.ok(selected[0] === first && selected[1] === second);
      assert.deepEqual(commandArguments(id, [{ ...keyRow }, [first, second]], rows), []);
      assert.deepEqual(commandArguments(id, [undefined, [first, second]], rows), []);
    }
  });

  it('gets of a place its text and numbers, and nothing else', () => {
    const rows = new OwnRows();
    const ids = ['keysmith.leak.moveToVault', 'keysmith.leak.rotate', 'keysmith.leak.ignore'] as const;
    for (const id of ids) {
      const given = { ...place, more: 1, range: { ...place.range, more: 1 } };
      assert.deepEqual(commandArguments(id, [given], rows), [place]);
      for (const wrong of [
        { ...place, uri: 5 },
        { ...place, uri: 'x'.repeat(5000) },
        { ...place, fingerprint: undefined },
        { ...place, fingerprint: 'x'.repeat(301) },
        { ...place, range: { start: place.range.start } },
        { ...place, range: { ...place.range, end: { line: -1, character: 0 } } },
        { ...place, range: { ...place.range, end: { line: 0.5, character: 0 } } },
        { ...place, range: { ...place.range, end: { line: '1', character: 0 } } },
        {},
      ])
        assert.deepEqual(commandArguments(id, [wrong], rows), []);
    }
  });

  it('gets the name of a key, or one that is refused', () => {
    const rows = new OwnRows();
    const read = (given: unknown): unknown => commandArguments('keysmith.secretFor', [given], rows)[0];
    assert.equal(read('our shop'), 'our shop');
    assert.deepEqual(read({ key: 'our shop', more: 1 }), { key: 'our shop' });
    for (const none of [undefined, null, '', {}, { key: undefined }]) assert.equal(read(none), undefined);
    for (const wrong of [{ key: 5 }, { key: {} }, { key: 'x'.repeat(301) }, 'x'.repeat(301)])
      assert.deepEqual(read(wrong), { key: null });
  });

  it('gets the id of a request, of a length that it can have', () => {
    const read = (given: unknown): unknown => commandArguments('keysmith.requests.explain', [given], new OwnRows())[0];
    assert.equal(read('req_123'), 'req_123');
    assert.equal(read(''), '');
    for (const wrong of [5, {}, ['req_1'], 'x'.repeat(101)]) assert.equal(read(wrong), undefined);
  });
});
