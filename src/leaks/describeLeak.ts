import type { LeakFacts, LeakForm } from './leak.ts';
import type { LeakRule } from './protocol.ts';

const names: Readonly<Record<LeakRule, string>> = {
  'live-secret-key': 'Stripe LIVE secret key',
  'live-restricted-key': 'Stripe LIVE restricted key',
  'live-organization-key': 'Stripe LIVE organization key',
  'test-secret-key': 'Stripe test secret key',
  'test-restricted-key': 'Stripe test restricted key',
  'test-organization-key': 'Stripe test organization key',
  'webhook-secret': 'Stripe webhook signing secret',
  'cli-key': 'Stripe CLI key',
  'app-token': 'Stripe app token',
  'client-side-key': 'Stripe key where browsers can read it',
  'live-publishable-key': 'Stripe LIVE publishable key',
  'sample-key': "Stripe's published sample key",
  'emulator-key': "key of Keysmith's emulator",
};

const advice: Readonly<Record<LeakRule, string>> = {
  'live-secret-key': 'Rotate it and take it out of the code.',
  'live-restricted-key': 'Rotate it and take it out of the code.',
  'live-organization-key': 'Rotate it and take it out of the code.',
  'test-secret-key': 'Take it out of the code.',
  'test-restricted-key': 'Take it out of the code.',
  'test-organization-key': 'Take it out of the code.',
  'webhook-secret': 'Roll it and take it out of the code.',
  'cli-key': 'Take it out of the code.',
  'app-token': 'Take it out of the code.',
  'client-side-key': 'Only a publishable key may go there: move the call to a server and rotate this key.',
  'live-publishable-key': 'It is safe to publish; keep it out of server code.',
  'sample-key': 'It works for everyone and protects nothing.',
  'emulator-key': 'It is worthless outside this machine.',
};

const forms: Readonly<Record<LeakForm, string>> = {
  plain: '',
  joined: ', put together from parts',
  base64: ', in base64',
  hex: ', in hexadecimal',
  hidden: ', with invisible characters in it',
  escaped: ', written with escapes',
};

export const describeRule = (rule: LeakRule): string => names[rule];

/** What a leak is, in a few words. */
export const describeKey = ({ rule, service }: Pick<LeakFacts, 'rule' | 'service'>): string =>
  service === undefined ? names[rule] : `Probably a key of ${service}, in the form of a ${names[rule]}`;

/** What a leak is and what to do, in one line with the mask. */
export function describeLeak(leak: Pick<LeakFacts, 'rule' | 'service' | 'form' | 'mask'>): string {
  const { rule, service, form, mask } = leak;
  const todo = service === undefined ? advice[rule] : `Replace it at ${service} and take it out of the code.`;
  return `${describeKey(leak)}${forms[form]}: ${mask}. ${todo}`;
}

/** Where to read more: Stripe's own pages, for they outlive ours. */
export function helpOf(rule: LeakRule): string {
  if (rule === 'webhook-secret') return 'https://docs.stripe.com/webhooks#roll-endpoint-secrets';
  return rule === 'app-token' || rule === 'cli-key'
    ? 'https://docs.stripe.com/stripe-cli/keys'
    : 'https://docs.stripe.com/keys-best-practices';
}
