import type { LeakForm, TextContext } from '../../../../../src/leaks/leak.ts';
import type { LeakRule, Severity } from '../../../../../src/leaks/protocol.ts';
import { seededRandom } from '../../../../unit/seededRandom.ts';

/** A leak that must be found, exactly at `written`. */
export interface Expected {
  readonly written: string;
  readonly rule: LeakRule;
  readonly severity?: Severity;
  readonly form?: LeakForm;
}

/** A text and every leak in it, in order. */
export interface LeakCase {
  readonly name: string;
  readonly text: string;
  readonly context?: TextContext;
  readonly leaks: readonly Expected[];
}

const random = seededRandom(20_261_123);
const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const digits = '0123456789';

/** A body as Stripe makes them, of a length it has used; of another length just random. */
export function realBody(length: number): string {
  const any = (count: number): string => random.text(count, base62);
  if (length === 34) return `${any(24)}${random.text(2, digits)}${any(8)}`;
  if (length === 99) return `51${any(15)}${any(72)}00${any(8)}`.slice(0, 99);
  return any(length);
}

/** A token, joined here so that none stands in the repository. */
export const token = (prefix: string, length = 24): string => [prefix, realBody(length)].join('_');

export const clean = (name: string, text: string, context: TextContext = {}): LeakCase => ({
  name,
  text,
  context,
  leaks: [],
});

/** A text made around one token, which must be found whole. */
export function around(
  name: string,
  make: (token: string) => string,
  {
    prefix = 'sk_live',
    length = 24,
    rule,
    severity,
    context = {},
  }: {
    readonly prefix?: string;
    readonly length?: number;
    readonly rule?: LeakRule;
    readonly severity?: Severity;
    readonly context?: TextContext;
  } = {},
): LeakCase {
  const written = token(prefix, length);
  const expected = rule ?? usualRules[prefix];
  if (!expected) throw new Error(`no rule for ${prefix}`);
  return {
    name,
    text: make(written),
    context,
    leaks: [{ written, rule: expected, form: 'plain', ...(severity ? { severity } : {}) }],
  };
}

const usualRules: Readonly<Record<string, LeakRule>> = {
  sk_live: 'live-secret-key',
  sk_test: 'test-secret-key',
  rk_live: 'live-restricted-key',
  rk_test: 'test-restricted-key',
  sk_org_live: 'live-organization-key',
  sk_org_test: 'test-organization-key',
  whsec: 'webhook-secret',
  rkcs_test: 'cli-key',
  oak: 'app-token',
  pk_live: 'live-publishable-key',
};
