import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import { asCurl, asSdkCode } from '../../../src/requests/asCode.ts';
import { aRequest } from './aRequest.ts';

const origin = 'http://127.0.0.1:12181';
const posted = aRequest({
  method: 'POST',
  path: '/v1/customers',
  query: 'expand[]=sources',
  requestBody: "name=O'Neil&metadata[a]=$HOME `x`",
  context: 'acct_2',
  version: '2026-10-28.endive',
  idempotencyKey: 'once',
});

describe('a request as code', () => {
  it('reaches curl as it was sent, whatever a shell would make of it', () => {
    const program = asCurl(posted, origin).replace(/^curl /, 'printf "%s\\n" ');
    const args = execFileSync('sh', ['-c', program], {
      env: { STRIPE_API_KEY: 'from the environment' },
      encoding: 'utf8',
    });
    assert.deepEqual(args.trimEnd().split('\n'), [
      `${origin}/v1/customers?expand[]=sources`,
      '-X',
      'POST',
      '-u',
      'from the environment:',
      '-H',
      'Stripe-Context: acct_2',
      '-H',
      'Stripe-Version: 2026-10-28.endive',
      '-H',
      'Idempotency-Key: once',
      '-d',
      "name=O'Neil&metadata[a]=$HOME `x`",
    ]);
  });

  it('is a program that Node can read', () => {
    const code = asSdkCode(posted, origin);
    execFileSync(process.execPath, ['--check', '--input-type=module', '-'], { input: code });
    assert.match(code, /rawRequest\('POST', '\/v1\/customers\?expand\[\]=sources', \{\n\s+"name": "O'Neil"/);
    assert.match(code, /process\.env\.STRIPE_API_KEY/);
    const json = asSdkCode(aRequest({ method: 'POST', path: '/v2/x', requestBody: '{"a":{"b":1}}' }), origin);
    assert.match(json, /"a": \{\n\s+"b": 1/);
    execFileSync(process.execPath, ['--check', '--input-type=module', '-'], {
      input: asSdkCode(aRequest(), 'http://localhost'),
    });
  });
});
