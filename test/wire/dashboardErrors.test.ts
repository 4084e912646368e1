import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { runCli, startProgram, type EmulatorProgram } from './emulatorProgram.ts';
import { bearer, rawCall } from './rawCall.ts';

/** What a schema's library says to whoever writes the schema. */
const librarySpeech =
  /Invalid (?:input|option|string|ISO)|expected (?:\w+ )?to be|Too (?:big|small)|Unrecognized key|[→✖]/;
const long = 'x'.repeat(3000);

describe('a mistake is told in a sentence', () => {
  let emulator: EmulatorProgram;
  let folder = '';
  before(async () => {
    emulator = await startProgram();
    folder = mkdtempSync(join(tmpdir(), 'keysmith-mistakes-'));
  });
  after(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  for (const [method, path, body, sentence] of [
    ['POST', '/keys/mk_1/rotate', { expires: { minutes: 99_999 } }, '“expires.minutes” must be at most 10080.'],
    ['POST', '/keys/mk_1/rotate', { expires: { minutes: 0 } }, '“expires.minutes” must be at least 1.'],
    [
      'POST',
      '/keys/mk_1/rotate',
      { expires: 'tomorrow' },
      '“expires” must be "now" or an object or a time such as 2027-01-31T12:00:00Z.',
    ],
    ['POST', '/keys/mk_1/rotate', {}, '“expires” is missing.'],
    ['POST', '/keys/mk_1/rotate', [], 'The body must be an object.'],
    ['POST', '/keys/mk_1', { nmae: 'x' }, '“nmae” is not known here: leave it out.'],
    ['POST', '/keys/mk_1', { name: 7 }, '“name” must be text.'],
    ['POST', '/keys/mk_1', { note: long }, '“note” must have at most 2000 characters.'],
    ['POST', '/keys/mk_1', { permissions: ['customer_read', 7] }, '“permissions[1]” must be text.'],
    ['PUT', '/keys/mk_1/addresses', { addresses: '10.0.0.1' }, '“addresses” must be a list.'],
    ['POST', '/clock', { advance_seconds: -1 }, '“advance_seconds” must be at least 0.'],
    ['POST', '/clock', { now: 'noon' }, '“now” must be a time such as 2027-01-31T12:00:00Z.'],
    ['POST', '/enforcement', { enforcement: 'maybe' }, '“enforcement” must be "enforce" or "audit" or "off".'],
    ['POST', '/import', { keysmith_seed: 1 }, 'The seed cannot be used: “accounts” is missing.'],
    [
      'POST',
      '/import',
      { keysmith_seed: 1, accounts: [{ id: 'x', name: 'x' }] },
      'The seed cannot be used: “accounts[0].id” must begin with acct_.',
    ],
    ['GET', '/keys?mode=dream', undefined, '“mode” must be "sandbox" or "live".'],
    ['GET', '/keys?moed=live', undefined, '“moed” is not known here: leave it out.'],
    ['GET', '/requests?limit=0', undefined, '“limit” must be at least 1.'],
    ['GET', '/requests?limit=x', undefined, '“limit” must be a number.'],
  ] as const) {
    it(`${method} ${path} ${JSON.stringify(body)?.slice(0, 60) ?? ''}: ${sentence}`, async () => {
      const { status, json } = await emulator.dashboard(method, path, body);
      assert.deepEqual([status, json.error.message], [400, sentence]);
    });
  }

  it('whatever is sent wherever', async () => {
    const odd = [
      null,
      7,
      'x',
      [],
      true,
      { a: { b: 1 } },
      { expires: [] },
      { mode: 1 },
      { enforcement: [] },
      { now: {} },
    ];
    const paths = ['/keys', '/keys/mk_1', '/keys/mk_1/rotate', '/keys/mk_1/duplicate', '/verifications', '/clock'];
    for (const path of [...paths, '/enforcement', '/enforcement/leases', '/import', '/reset'])
      for (const body of odd) {
        const { json } = await emulator.dashboard('POST', path, body);
        assert.doesNotMatch(json.error?.message ?? '', librarySpeech, `${path} ${JSON.stringify(body)}`);
      }
  });

  it('at /v2/iam/api_keys too, by the field', async () => {
    const { json } = await emulator.dashboard('GET', '/keys?mode=sandbox');
    const { id } = json.data.find(({ kind }: { kind: string }) => kind === 'secret');
    const { token } = (await emulator.dashboard('POST', `/keys/${id}/reveal`)).json;
    for (const [body, message] of [
      ['{"type":"x"}', 'type: Must be "secret_key" or "publishable_key".'],
      ['{}', 'type: Is missing.'],
      ['{"type":"secret_key","name":7}', 'name: Must be text.'],
      ['{"type":"secret_key","bogus":7}', 'bogus: Unknown field.'],
    ] as const) {
      const headers = { ...bearer(token), 'stripe-version': '2026-08-26.preview', 'content-type': 'application/json' };
      const answer = await rawCall(emulator, { method: 'POST', path: '/v2/iam/api_keys', body, headers });
      assert.deepEqual([answer.status, answer.json.error.message], [400, message]);
    }
  });

  it('in a seed file, on one line, with its place', async () => {
    const file = join(folder, 'seed.json');
    const key = { account: 'acct_1', mode: 'dream', kind: 'secret', token_sha256: 'x' };
    writeFileSync(file, JSON.stringify({ keysmith_seed: 1, accounts: [{ id: 'acct_1', name: 'x' }], keys: [key] }));
    const { code, stderr } = await runCli(['emulator', '--port', '0', '--seed', file]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /\(“keys\[0\]\.mode” must be "sandbox" or "live"; “keys\[0\]\.token_sha256” must be a SHA-256 in 64 hexadecimal digits\): .*seed\.json\n$/,
    );
    assert.doesNotMatch(stderr, librarySpeech);
  });
});
