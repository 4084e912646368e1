import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readAuthorization } from '../../../src/emulator/api/credential.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('readAuthorization', () => {
  for (const [why, header, token] of [
    ['an empty header', '', undefined],
    ['Bearer', 'Bearer abc', 'abc'],
    ['Bearer in another case', 'bEARER  abc ', 'abc'],
    ['Bearer without a token', 'Bearer ', undefined],
    ['Basic with an empty password', basic('abc:'), 'abc'],
    ['Basic with a password', basic('abc:def:ghi'), 'abc'],
    ['Basic without a colon', basic('abc'), 'abc'],
    ['Basic without a user', basic(':abc'), undefined],
    ['Basic that is not base64', 'Basic !!!', undefined],
    ['another scheme', 'Token abc', undefined],
    ['no scheme', 'abc', undefined],
  ] as const) {
    it(`reads ${why}`, () => assert.equal(readAuthorization(header), token));
  }
});
