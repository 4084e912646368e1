import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nearestName } from '../../../src/domain/nearestName.ts';

describe('the nearest name', () => {
  for (const [why, name, candidates, nearest] of [
    ['is the same', 'charge', ['invoice', 'charge'], 'charge'],
    ['has a letter more', 'charges', ['charge'], 'charge'],
    ['has a letter less', 'charg', ['charge'], 'charge'],
    ['has another letter', 'chargi', ['charge'], 'charge'],
    ['has two other letters, where the name is long enough', 'subscriptoin', ['subscription'], 'subscription'],
    ['has three other letters of twelve', 'subscrxxxion', ['subscription'], 'subscription'],
    ['has one letter more than a quarter changed', 'subscxxxxion', ['subscription'], undefined],
    ['is a short name with one change', 'tx', ['tax'], 'tax'],
    ['is a short name with two changes', 'ta', ['plan'], undefined],
    ['is the one with the least changes', 'balanse', ['balances', 'balance'], 'balance'],
    ['is the first of two that are as near', 'cat', ['car', 'can'], 'car'],
    ['is none of none', 'charge', [], undefined],
    ['is none of what is much longer', 'tax', ['tax_calculation'], undefined],
    ['is none of what is much shorter', 'tax_calculation', ['tax'], undefined],
    ['begins with other letters', 'xcharge', ['charge'], 'charge'],
    ['is empty', '', ['a'], 'a'],
    ['is empty, and the candidate is not near', '', ['ab'], undefined],
    ['has its last letters in another order, two changes of eight', 'customre', ['customer'], 'customer'],
  ] as readonly (readonly [string, string, readonly string[], string | undefined])[]) {
    it(why, () => assert.equal(nearestName(name, candidates), nearest));
  }
});
