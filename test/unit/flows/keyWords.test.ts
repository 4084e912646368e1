import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aKey } from '../fixtures.ts';
import './user.ts';

const { isEnding, remaining } = await import('../../../src/ui/tree/keyWords.ts');

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = new Date('2026-05-01T12:00:00Z');
const after = (ms: number): Date => new Date(now.getTime() + ms);

describe('the time that is left', () => {
  for (const [ms, words] of [
    [-hour, '1 min'],
    [0, '1 min'],
    [1, '1 min'],
    [minute, '1 min'],
    [minute + 1, '2 min'],
    [59 * minute, '59 min'],
    [59 * minute + 1, '1 h'],
    [hour - 1, '1 h'],
    [hour, '1 h'],
    [90 * minute, '1 h 30 min'],
    [hour + 1, '1 h 1 min'],
    [23 * hour + 59 * minute, '23 h 59 min'],
    [day - 1, '1 d'],
    [day, '1 d'],
    [36 * hour, '1 d 12 h'],
    [2 * day - 1, '2 d'],
    [2 * day, '2 d'],
    [3 * day - 5000, '3 d'],
    [6 * day + 23 * hour, '6 d 23 h'],
    [7 * day - 90 * minute, '6 d 23 h'],
    [7 * day - 29 * minute, '7 d'],
    [7 * day - 1, '7 d'],
    [7 * day, '7 d'],
  ] as const) {
    it(`of ${ms} ms is “${words}”`, () => assert.equal(remaining(after(ms), now), words));
  }

  it('is never wrong by more than half an hour before its last day, and by a minute in it', () => {
    const unit = { min: minute, h: hour, d: day } as const;
    for (let ms = minute; ms < 7 * day; ms += 7 * minute + 1234) {
      const said = [...remaining(after(ms), now).matchAll(/(\d+) (min|h|d)/g)].reduce(
        (sum, [, count, name]) => sum + Number(count) * unit[name as keyof typeof unit],
        0,
      );
      const off = Math.abs(said - ms);
      assert.ok(off <= (ms >= day ? hour / 2 + minute : minute), `${ms} ms is not ${remaining(after(ms), now)}`);
    }
  });

  it('is pointed out in its last day', () => {
    assert.ok(isEnding(aKey({ expires: after(day) }), now));
    assert.ok(!isEnding(aKey({ expires: after(day + 1) }), now));
  });
});
