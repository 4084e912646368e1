import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { everyPermission } from '../../src/domain/permissions.ts';
import { bearer, rawCall, type RawAnswer } from './rawCall.ts';
import { assertAnswered, assertRefused } from './refusals.ts';
import { organization, startSeeded, type Seeded } from './seeded.ts';

const limited = {
  anywhere: [],
  one: ['127.0.0.5'],
  'one as a range': ['127.0.0.6/32'],
  range: ['127.0.0.8/29'],
  'several ranges': ['10.0.0.0/8', '127.0.1.0/24', '198.51.100.7'],
  everywhere: ['0.0.0.0/0'],
  elsewhere: ['203.0.113.7'],
  documented: ['100.10.38.0/24'],
} as const;
type Limit = keyof typeof limited;

describe('address rules', () => {
  let emulator: Seeded;
  before(async () => {
    emulator = await startSeeded([
      ...Object.entries(limited).map(([name, addresses]) => ({ name, addresses })),
      { name: 'restricted', kind: 'restricted', permissions: ['balance_read'], addresses: ['127.0.0.5'] },
      { name: 'live', mode: 'live', addresses: ['127.0.0.5'] },
      {
        name: 'organization',
        kind: 'organization',
        organization,
        permissions: everyPermission,
        addresses: ['127.0.0.5'],
      },
      { name: 'changing', id: 'mk_1Changing' },
      { name: 'publishable', id: 'mk_1Public', kind: 'publishable' },
    ]);
  });
  after(() => emulator.stop());

  const calls = (
    key: string,
    { from, told, also = {} }: { from?: string; told?: string; also?: Record<string, string> },
  ): Promise<RawAnswer> =>
    rawCall(emulator, {
      path: '/v1/balance',
      headers: {
        ...bearer(emulator.token(key)),
        ...(told === undefined ? {} : { 'keysmith-client-ip': told }),
        ...also,
      },
      ...(from === undefined ? {} : { from }),
    });

  function judged(answer: RawAnswer, allowed: boolean, address: string): void {
    if (allowed) assertAnswered(answer);
    else assertRefused(answer, 'address', `(${address})`);
  }

  // The peer's own address: every address of 127.0.0.0/8 is this machine's, on Linux.
  const peers: readonly (readonly [limit: Limit, from: string, allowed: boolean])[] = [
    ['anywhere', '127.0.0.1', true],
    ['anywhere', '127.9.9.9', true],
    ['one', '127.0.0.5', true],
    ['one', '127.0.0.1', false],
    ['one', '127.0.0.4', false],
    ['one', '127.0.0.6', false],
    ['one', '127.0.0.50', false],
    ['one as a range', '127.0.0.6', true],
    ['one as a range', '127.0.0.7', false],
    ['range', '127.0.0.7', false],
    ['range', '127.0.0.8', true],
    ['range', '127.0.0.15', true],
    ['range', '127.0.0.16', false],
    ['several ranges', '127.0.1.0', true],
    ['several ranges', '127.0.1.255', true],
    ['several ranges', '127.0.2.0', false],
    ['everywhere', '127.3.2.1', true],
    ['elsewhere', '127.0.0.1', false],
  ];
  for (const [limit, from, allowed] of peers) {
    it(`${allowed ? 'let in' : 'keep out'} a peer at ${from}: ${limit}`, async function () {
      if (process.platform !== 'linux') this.skip();
      judged(await calls(limit, { from }), allowed, from);
    });
  }

  // Told by the header, where a test cannot choose its own address.
  const told: readonly (readonly [limit: Limit, address: string, allowed: boolean])[] = [
    ['anywhere', '8.8.8.8', true],
    ['anywhere', 'nonsense', true],
    ['elsewhere', '203.0.113.7', true],
    ['elsewhere', '203.0.113.8', false],
    ['elsewhere', '::ffff:203.0.113.7', true],
    ['elsewhere', '::FFFF:203.0.113.7', true],
    ['elsewhere', '::ffff:203.0.113.8', false],
    ['elsewhere', '::ffff:cb00:7107', true],
    ['elsewhere', '2001:db8::1', false],
    ['elsewhere', '::1', false],
    ['elsewhere', '203.0.113.7, 10.0.0.1', false],
    ['elsewhere', '203.0.113.7/32', false],
    ['elsewhere', '203.0.113.7:443', false],
    ['elsewhere', '203.0.113.007', false],
    ['elsewhere', '3405803783', false],
    ['elsewhere', '0xcb.0.0x71.7', false],
    ['elsewhere', 'localhost', false],
    ['elsewhere', '', false],
    ['documented', '100.10.37.255', false],
    ['documented', '100.10.38.0', true],
    ['documented', '100.10.38.255', true],
    ['documented', '100.10.39.0', false],
    ['several ranges', '10.255.255.255', true],
    ['several ranges', '11.0.0.0', false],
    ['several ranges', '198.51.100.7', true],
    ['several ranges', '198.51.100.8', false],
    ['everywhere', '255.255.255.255', true],
    ['everywhere', '::ffff:1.2.3.4', true],
    ['everywhere', '2001:db8::1', false],
  ];
  for (const [limit, address, allowed] of told) {
    it(`${allowed ? 'let in' : 'keep out'} who says to be at '${address}': ${limit}`, async () =>
      judged(await calls(limit, { told: address }), allowed, address));
  }

  it('go by the header where both are there', async () => {
    judged(await calls('one', { from: '127.0.0.5', told: '8.8.8.8' }), false, '8.8.8.8');
    judged(await calls('one', { told: '127.0.0.5' }), true, '127.0.0.5');
  });

  it('do not go by what proxies say', async () => {
    const also = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7' };
    judged(await calls('elsewhere', { also }), false, '127.0.0.1');
  });

  for (const [key, also] of [
    ['restricted', {}],
    ['live', {}],
    ['organization', { 'stripe-context': 'acct_1Platform0000000', 'stripe-version': '2026-10-28.endive' }],
  ] as const) {
    it(`hold for a key of every secret kind: ${key}`, async () => {
      judged(await calls(key, { told: '127.0.0.5', also }), true, '');
      judged(await calls(key, { told: '127.0.0.4', also }), false, '127.0.0.4');
    });
  }

  it('count from the next request on, and can be opened again', async () => {
    for (const [addresses, allowed] of [
      [['203.0.113.0/24'], false],
      [['127.0.0.1', '203.0.113.0/24'], true],
      [['127.0.0.0/31'], true],
      [['127.0.0.2'], false],
      [[], true],
    ] as const) {
      const { status, json } = await emulator.dashboard('PUT', '/keys/mk_1Changing/addresses', { addresses });
      assert.deepEqual([status, json.addresses], [200, addresses]);
      judged(await calls('changing', {}), allowed, '127.0.0.1');
    }
  });

  for (const [why, addresses, named] of [
    ['an IPv6 address', ['2001:db8::1'], '2001:db8::1'],
    ['a mapped IPv6 address', ['::ffff:203.0.113.7'], '::ffff:203.0.113.7'],
    ['a word', ['office'], 'office'],
    ['a part of an address', ['203.0.113'], '203.0.113'],
    ['a number over 255', ['203.0.113.256'], '203.0.113.256'],
    ['a leading nought', ['203.0.113.07'], '203.0.113.07'],
    ['a prefix over 32', ['203.0.113.0/33'], '203.0.113.0/33'],
    ['a prefix that is none', ['203.0.113.0/x'], '203.0.113.0/x'],
    ['two prefixes', ['203.0.113.0/24/24'], '203.0.113.0/24/24'],
    ['a mask for a prefix', ['203.0.113.0/255.255.255.0'], '203.0.113.0/255.255.255.0'],
    ['bits behind the prefix', ['203.0.113.7/24'], '203.0.113.7/24'],
    ['the same address twice', ['203.0.113.7', '203.0.113.7'], '203.0.113.7'],
    ['the same address in two spellings', ['203.0.113.7', '203.0.113.7/32'], '203.0.113.7/32'],
    ['a good rule and a bad one', ['203.0.113.7', 'office'], 'office'],
    ['nothing', [''], ''],
  ] as const) {
    it(`are refused as a whole, and the old ones stay: ${why}`, async () => {
      await emulator.dashboard('PUT', '/keys/mk_1Changing/addresses', { addresses: ['127.0.0.1'] });
      const { status, json } = await emulator.dashboard('PUT', '/keys/mk_1Changing/addresses', { addresses });
      assert.equal(status, 400);
      assert.ok(json.error.message.includes(named), json.error.message);
      assert.deepEqual((await emulator.dashboard('GET', '/keys/mk_1Changing')).json.addresses, ['127.0.0.1']);
    });
  }

  it('are told by the range that was probably meant', async () => {
    const { json } = await emulator.dashboard('PUT', '/keys/mk_1Changing/addresses', { addresses: ['203.0.113.7/24'] });
    assert.match(json.error.message, /203\.0\.113\.0\/24/);
  });

  it('are not for publishable keys', async () => {
    const refused = await emulator.dashboard('PUT', '/keys/mk_1Public/addresses', { addresses: ['203.0.113.7'] });
    assert.deepEqual([refused.status, refused.json.error.code], [409, 'publishable_not_limited']);
  });
});
