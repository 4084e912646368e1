import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  allowsAddress,
  parseAddressRule,
  parseAddressRules,
  splitAddressList,
} from '../../../src/domain/addressRules.ts';

describe('parseAddressRule', () => {
  for (const [entry, rule] of [
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['100.10.38.0/24', '100.10.38.0/24'],
    ['100.10.38.0/32', '100.10.38.0'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/08', '10.0.0.0/8'],
  ] as const) {
    it(`reads ${entry}`, () => assert.deepEqual(parseAddressRule(entry), { ok: true, value: rule }));
  }

  for (const [entry, why, suggestion] of [
    ['', 'syntax', undefined],
    ['localhost', 'syntax', undefined],
    ['1.2.3', 'syntax', undefined],
    ['1.2.3.4.5', 'syntax', undefined],
    ['1.2.3.256', 'syntax', undefined],
    ['0x7f.0.0.1', 'syntax', undefined],
    ['010.0.0.1', 'syntax', undefined],
    ['2130706433', 'syntax', undefined],
    ['1.2.3.4/8/9', 'syntax', undefined],
    ['1.2.3.4-1.2.3.9', 'syntax', undefined],
    ['::1', 'ipv6', undefined],
    ['2001:db8::/32', 'ipv6', undefined],
    ['::ffff:1.2.3.4', 'ipv6', undefined],
    ['1.2.3.0/33', 'prefix', undefined],
    ['1.2.3.0/', 'prefix', undefined],
    ['1.2.3.0/-1', 'prefix', undefined],
    ['1.2.3.0/255.255.255.0', 'prefix', undefined],
    ['100.10.38.7/24', 'hostBits', '100.10.38.0/24'],
    ['1.2.3.4/0', 'hostBits', '0.0.0.0/0'],
  ] as const) {
    it(`refuses ${JSON.stringify(entry)}: ${why}`, () => {
      assert.deepEqual(parseAddressRule(entry), {
        ok: false,
        problem: { kind: 'addressInvalid', entry, why, suggestion },
      });
    });
  }

  it('refuses a list that names a range twice, in whatever spelling', () => {
    const result = parseAddressRules(['10.0.0.1', '10.0.0.0/8', '10.0.0.1/32']);
    assert.ok(!result.ok);
    assert.deepEqual([result.problem.entry, result.problem.why], ['10.0.0.1/32', 'duplicate']);
  });

  it('reads a list of rules in their order, and an empty one', () => {
    assert.deepEqual(parseAddressRules(['10.0.0.0/8', '1.2.3.4/32']), { ok: true, value: ['10.0.0.0/8', '1.2.3.4'] });
    assert.deepEqual(parseAddressRules([]), { ok: true, value: [] });
  });

  it('refuses a list for its first bad entry', () => {
    const result = parseAddressRules(['10.0.0.1', 'nonsense', '::1']);
    assert.ok(!result.ok);
    assert.deepEqual([result.problem.entry, result.problem.why], ['nonsense', 'syntax']);
  });

  it('splits a bulk list', () =>
    assert.deepEqual(splitAddressList(' 1.2.3.4\n5.6.7.8, 9.0.0.0/8\r\n'), ['1.2.3.4', '5.6.7.8', '9.0.0.0/8']));
});

describe('allowsAddress', () => {
  for (const [rules, peer, allowed] of [
    [[], '203.0.113.7', true],
    [[], 'nonsense', true],
    [['203.0.113.7'], '203.0.113.7', true],
    [['203.0.113.7'], '203.0.113.8', false],
    [['100.10.38.0/24'], '100.10.38.0', true],
    [['100.10.38.0/24'], '100.10.38.255', true],
    [['100.10.38.0/24'], '100.10.39.0', false],
    [['127.0.0.0/8'], '::ffff:127.0.0.5', true],
    [['203.0.113.7', '198.51.100.0/24'], '198.51.100.9', true],
    [['203.0.113.7', '198.51.100.0/24'], '203.0.113.7', true],
    [['203.0.113.7', '198.51.100.0/24'], '203.0.113.8', false],
    [['10.0.0.0/8'], '10.1', false],
    [['0.0.0.0/0'], '8.8.8.8', true],
    [['0.0.0.0/0'], '::1', false],
    [['203.0.113.7'], 'nonsense', false],
    [['203.0.113.7'], '', false],
  ] as const) {
    it(`[${rules.join(' ')}] ${allowed ? 'allows' : 'refuses'} ${peer}`, () =>
      assert.equal(allowsAddress(rules, peer), allowed));
  }
});
