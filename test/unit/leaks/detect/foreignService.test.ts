import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { describeLeak } from '../../../../src/leaks/describeLeak.ts';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { remediesOf } from '../../../../src/leaks/server/remedies.ts';
import { seededRandom } from '../../seededRandom.ts';
import { token } from './cases/leakCase.ts';

const random = seededRandom(40);
const hexKey = (prefix: string, length: number): string => [prefix, random.text(length, '0123456789abcdef')].join('_');
const key = token('sk_live', 40);
const stripes = token('sk_live', 99);
const webhook = token('whsec', 32);

describe('a key that looks like Stripe’s', () => {
  for (const [why, service, text, path] of [
    ['its name says so', 'Clerk', `CLERK_SECRET_KEY=${key}`],
    ['what stands behind it says so', 'Paystack', `key = "${key}" // Paystack`],
    ['the line above says so', 'PAY.JP', `# pay.jp\nSECRET_KEY=${key}`],
    ['a line further up says so', 'WorkOS', `const workos = new WorkOS(\n  // the key\n\n  '${key}',\n);`],
    ['its file says so', 'Paystack', `const key = '${key}';`, 'src/paystack.ts'],
    ['its body has the form of another service', 'Paystack', `const key = '${hexKey('sk_live', 40)}';`],
    ['a webhook secret is verified by another library', 'Svix', `new Svix.Webhook("${webhook}")`],
    ['a call names it', 'PAY.JP', `payjp.api_key = '${hexKey('sk_test', 24)}'`],
  ] as const) {
    it(`is doubtful, and told as ${service}’s, where ${why}`, () => {
      const [leak, ...others] = findLeaks(text, { path: path ?? 'src/app.ts' });
      assert.ok(leak && others.length === 0);
      assert.deepEqual([leak.service, leak.confidence], [service, 'doubtful']);
      const message = describeLeak(leak);
      assert.match(
        message,
        new RegExp(`^Probably a key of ${service.replaceAll('.', '\\.')}, .*Replace it at ${service}`),
      );
      assert.deepEqual(remediesOf(leak), ['moveToVault'], 'what is not a key of Stripe’s cannot be rotated there');
    });
  }

  for (const [why, text, path] of [
    ['nothing names another service', `const key = '${key}';`],
    ['its own name is Stripe’s, and the line above another’s', `CLERK_KEY=x\nSTRIPE_SECRET_KEY=${key}`],
    [
      'the line above names another service for a key of its own',
      `CLERK_SECRET_KEY=${token('sk_live', 41)}\nKEY=${key}`,
      '.env',
    ],
    ['its body names its account', `CLERK_SECRET_KEY=${stripes}`],
    ['the other service is too far above', `// clerk\n\n\n\n\nkey = '${key}'`],
    ['the nearer word is Stripe’s', `// clerk\n// stripe\nkey = '${key}'`],
    ['the service has no such keys', `svix = '${key}'`],
    ['the file is about both', `key = '${key}'`, 'src/stripe/clerk.ts'],
  ] as readonly (readonly [string, string, string?])[]) {
    it(`is taken for Stripe’s where ${why}`, () => {
      const leak = findLeaks(text, { path: path ?? 'src/app.ts' }).at(-1);
      assert.ok(leak);
      assert.equal(leak.service, undefined);
      assert.notEqual(leak.confidence, 'doubtful');
      assert.match(describeLeak(leak), /^Stripe LIVE secret key: /);
    });
  }

  it('weighs no less: it opens an account elsewhere', () => {
    assert.equal(findLeaks(`CLERK_SECRET_KEY=${key}`)[0]?.severity, 'error');
  });
});

describe('a body that Stripe publishes', () => {
  // In two parts: whole, other scanners would take them for keys.
  for (const body of [
    ['4eC39HqLyjWD', 'arjtT1zdp7dc'].join(''),
    ['BQokikJOvBiI', '2HlWgH4olfQ2'].join(''),
    ['FEiILxKZwnmm', 'ocJDUjUNO6pa'].join(''),
  ]) {
    for (const prefix of ['sk_test', 'sk_live', 'rk_live', 'pk_live']) {
      it(`is a sample as ${prefix}_…${body.slice(-4)} too`, () => {
        const [leak] = findLeaks(`key = "${[prefix, body].join('_')}"`);
        assert.deepEqual([leak?.rule, leak?.severity], ['sample-key', 'information']);
      });
    }
  }
});
