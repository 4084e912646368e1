import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { asSentence, whatIsWrong } from '../../src/shared/whatIsWrong.ts';

const expiry = z.union([
  z.literal('now'),
  z.strictObject({ minutes: z.number().int().min(1).max(10_080) }),
  z.iso.datetime({ offset: true }),
]);
const schema = z.strictObject({
  mode: z.enum(['sandbox', 'live']),
  name: z.string().min(1).max(10),
  tags: z.array(z.string()).min(1).max(2).default(['x']),
  sure: z.boolean().optional(),
  expires: expiry.optional(),
  id: z
    .string()
    .regex(/^acct_/, 'must begin with acct_')
    .optional(),
  hex: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .optional(),
  step: z.number().multipleOf(5).optional(),
  keys: z.array(z.strictObject({ name: z.string() })).optional(),
  clock: z.union([z.strictObject({ now: z.string() }), z.strictObject({ advance: z.number().max(9) })]).optional(),
});
const good = { mode: 'live', name: 'x' };

describe('what is wrong with a value', () => {
  for (const [value, line] of [
    [{ ...good, mode: undefined }, '“mode” is missing'],
    [{ ...good, mode: 'dream' }, '“mode” must be "sandbox" or "live"'],
    [{ ...good, name: 7 }, '“name” must be text'],
    [{ ...good, name: null }, '“name” must be text'],
    [{ ...good, name: '' }, '“name” must not be empty'],
    [{ ...good, name: 'x'.repeat(11) }, '“name” must have at most 10 characters'],
    [{ ...good, tags: 'x' }, '“tags” must be a list'],
    [{ ...good, tags: [] }, '“tags” must not be empty'],
    [{ ...good, tags: ['a', 'b', 'c'] }, '“tags” must have at most 2 entries'],
    [{ ...good, tags: ['a', 7] }, '“tags[1]” must be text'],
    [{ ...good, sure: 'yes' }, '“sure” must be true or false'],
    [{ ...good, expires: { minutes: 99_999 } }, '“expires.minutes” must be at most 10080'],
    [{ ...good, expires: { minutes: 0 } }, '“expires.minutes” must be at least 1'],
    [{ ...good, expires: { minutes: 1.5 } }, '“expires.minutes” must be a whole number'],
    [{ ...good, expires: { minutes: 'x' } }, '“expires.minutes” must be a number'],
    [{ ...good, expires: { hours: 1, minutes: 1 } }, '“expires.hours” is not known here: leave it out'],
    [{ ...good, expires: 'tomorrow' }, '“expires” must be a time such as 2027-01-31T12:00:00Z'],
    [{ ...good, expires: 7 }, '“expires” must be "now" or an object or text'],
    [{ ...good, clock: { advance: 10 } }, '“clock.advance” must be at most 9'],
    [{ ...good, clock: { now: 10 } }, '“clock.now” must be text'],
    [{ ...good, id: 'x' }, '“id” must begin with acct_'],
    [{ ...good, hex: 'x' }, '“hex” must be written in another form'],
    [{ ...good, step: 7 }, '“step” must be a multiple of 5'],
    [{ ...good, other: 1 }, '“other” is not known here: leave it out'],
    [
      { ...good, keys: [{ name: 'x' }, { title: 'x' }] },
      '“keys[1].name” is missing; “keys[1].title” is not known here: leave it out',
    ],
    [[], 'the body must be an object'],
    [null, 'the body must be an object'],
    [{ a: 1, b: 2 }, '“mode” is missing; “name” is missing; “a” is not known here: leave it out; and 1 more'],
  ] as const) {
    it(`${JSON.stringify(value)}: ${line}`, () => {
      const parsed = schema.safeParse(value);
      assert.ok(!parsed.success);
      assert.equal(whatIsWrong(parsed.error.issues, value, 'the body'), line);
    });
  }

  it('says nothing of the value but names', () => {
    const value = { ...good, mode: 'secret-1', name: 'secret-2'.repeat(9), expires: 'secret-3', id: 'secret-4' };
    const parsed = schema.safeParse(value);
    assert.ok(!parsed.success);
    assert.doesNotMatch(whatIsWrong(parsed.error.issues, value, 'the body'), /secret/);
  });

  it('is made a sentence of', () => {
    assert.deepEqual(['the body is odd', '“a” is odd', 'Odd?'].map(asSentence), [
      'The body is odd.',
      '“a” is odd.',
      'Odd?',
    ]);
  });
});
