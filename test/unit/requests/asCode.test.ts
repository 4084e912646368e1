import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import { asCurl } from '../../../src/requests/asCode.ts';
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
    const program = asCurl(posted, origin).replace(/^curl -g /, 'printf "%s\\n" ');
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
      '--data-raw',
      "name=O'Neil&metadata[a]=$HOME `x`",
    ]);
  });
});
