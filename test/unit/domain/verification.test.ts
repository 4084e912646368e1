import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  checkCode,
  codeLifetimeMinutes,
  codeTries,
  isWholeCode,
  mayBecomeCode,
  type Verification,
} from '../../../src/domain/verification.ts';

const sent = new Date('2026-11-24T12:00:00Z');
const after = (ms: number): Date => new Date(sent.getTime() + ms);
const lifetime = codeLifetimeMinutes * 60_000;
const aVerification = (over: Partial<Verification> = {}): Verification => ({
  id: 'ver_1',
  code: '123456',
  sent,
  tries: 0,
  used: false,
  ...over,
});

describe('a verification code', () => {
  it('lives ten minutes and takes five tries', () => assert.deepEqual([codeLifetimeMinutes, codeTries], [10, 5]));

  for (const [why, over, code, at, problem] of [
    ['is right', {}, '123456', after(0), undefined],
    ['is right in two groups', {}, '123 456', after(1), undefined],
    ['is right with hyphens and blanks', {}, ' 12-34-56 ', after(1), undefined],
    ['is right in its last millisecond', {}, '123456', after(lifetime - 1), undefined],
    ['is right at the last try', { tries: 4 }, '123456', after(1), undefined],
    ['has ended after ten minutes', {}, '123456', after(lifetime), { kind: 'codeExpired' }],
    ['is none before it was sent', {}, '123456', after(-1), { kind: 'codeExpired' }],
    ['is used up by its use', { used: true }, '123456', after(1), { kind: 'codeUsedUp' }],
    ['is used up by five tries', { tries: 5 }, '123456', after(1), { kind: 'codeUsedUp' }],
    ['is wrong, and four tries are left', {}, '654321', after(1), { kind: 'codeWrong', triesLeft: 4 }],
    ['is wrong, and no try is left', { tries: 4 }, '654321', after(1), { kind: 'codeWrong', triesLeft: 0 }],
    ['is only a part, which is no try', {}, '12345', after(1), { kind: 'codeWrong', triesLeft: 5 }],
    ['is empty, which is no try', { tries: 2 }, '', after(1), { kind: 'codeWrong', triesLeft: 3 }],
  ] as readonly (readonly [string, Partial<Verification>, string, Date, ReturnType<typeof checkCode>])[]) {
    it(why, () => assert.deepEqual(checkCode(aVerification(over), code, at), problem));
  }

  for (const [text, whole, may] of [
    ['123456', true, true],
    ['123 456', true, true],
    ['12345', false, true],
    ['', false, true],
    ['1234567', false, false],
    ['12345a', false, false],
    ['a123456', false, false],
    ['x', false, false],
  ] as const) {
    it(`"${text}" ${whole ? 'is whole' : may ? 'may become one' : 'becomes none'}`, () =>
      assert.deepEqual([isWholeCode(text), mayBecomeCode(text)], [whole, may]));
  }
});
