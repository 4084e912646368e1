import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { parseLocalTime, printLocalTime } from '../../../src/ui/prompts/localTime.ts';
import { user } from './user.ts';

const { askExpiry } = await import('../../../src/ui/prompts/askExpiry.ts');

describe('a local time', () => {
  for (const text of [
    '2026-02-30 12:00',
    '2026-02-29 12:00',
    '2026-04-31 00:00',
    '2026-13-01 12:00',
    '2026-00-10 12:00',
    '2026-05-00 12:00',
    '2026-05-32 12:00',
    '2026-05-01 25:00',
    '2026-05-01 24:00',
    '2026-05-01 12:60',
    '0000-00-00 00:00',
  ]) {
    it(`is impossible: ${text}`, () => assert.equal(parseLocalTime(text), 'impossible'));
  }
  for (const text of [
    '',
    'tomorrow',
    '2026-05-01',
    '12:30',
    '1.5.2026 12:30',
    '2026-5-1 12:30',
    '2026-05-01 12:30:00',
  ]) {
    it(`is none: ${JSON.stringify(text)}`, () => assert.equal(parseLocalTime(text), 'malformed'));
  }
  for (const text of ['2028-02-29 12:00', ' 2026-05-01T00:00 ', '2026-12-31 23:59', '0099-01-01 00:00']) {
    it(`is one: ${JSON.stringify(text)}`, () => {
      const time = parseLocalTime(text);
      assert.ok(time instanceof Date);
      assert.equal(printLocalTime(time), text.trim().replace('T', ' '));
    });
  }
});

describe('the end of a rotated key', () => {
  afterEach(() => user.beginAnew());
  const place = { title: 'Rotate Key' };
  const now = new Date(2026, 4, 1, 12, 0);

  async function toDate() {
    const asked = askExpiry(place, now);
    (await user.asked('When does the old key end?')).pick('At a date…');
    return { asked, prompt: await user.asked('Date and time at which') };
  }

  for (const [text, words] of [
    ['2026-02-30 12:00', 'There is no such date and time: 2026-02-30 12:00'],
    ['2026-05-02 25:00', 'There is no such date and time: 2026-05-02 25:00'],
    ['2026-05-01 11:59', 'This time has passed.'],
    ['2026-05-01 12:00', 'This time has passed.'],
    ['1999-01-01 00:00', 'This time has passed.'],
    ['2026-05-09 12:01', 'At most 7 days ahead.'],
    ['2126-05-09 12:01', 'At most 7 days ahead.'],
    ['next week', 'Write a date and time such as 2026-05-02 12:00'],
    ['', 'Write a date and time such as 2026-05-02 12:00'],
  ] as const) {
    it(`is not ${JSON.stringify(text)}, as it is typed and when it is given`, async () => {
      const { asked, prompt } = await toDate();
      prompt.type(text);
      assert.equal(prompt.says, words);
      prompt.enter();
      await user.until('The same words', () => (prompt.says === words && prompt.visible ? true : undefined));
      prompt.type('2026-05-03 08:15');
      assert.equal(prompt.says, '');
      prompt.enter();
      assert.deepEqual(await asked, { at: new Date(2026, 4, 3, 8, 15) });
    });
  }

  it('goes back from the date to the usual times, and is cancelled there', async () => {
    const { asked, prompt } = await toDate();
    prompt.back();
    (await user.asked('When does the old key end?')).pick('In 3 days');
    assert.deepEqual(await asked, { minutes: 3 * 24 * 60 });
    const cancelled = askExpiry(place, now);
    (await user.asked('When does the old key end?')).escape();
    await assert.rejects(cancelled);
  });
});
