import type { Confidence } from '../leak.ts';

/** Shortest body Stripe ever issued (24, until 2019); shorter ones are placeholders. */
const leastBody = 24;
const leastWebhookBody = 32;
/** Stripe states that keys may grow up to 255 characters. */
const mostToken = 255;

/** Bodies of other vendors that use the same prefixes: base64 of `key_`. */
const foreignBody = /^a2V5Xz/;

/** What follows a token that was made unreadable, or is another vendor's: their bodies go on behind a hyphen. */
const maskedBehind = /^(?:…|•|\u2026|\*\*|\.\.\.[0-9A-Za-z])/;
const hyphenatedBehind = /^-[0-9A-Za-z]{6}/;
const identifierBehind = /^_[A-Za-z]+_[A-Za-z]/;
const base64Behind = /^[+/=]/;

/** The parts of a candidate. */
export interface Parts {
  /** Without the last underscore: `sk_live`, `whsec`. */
  readonly prefix: string;
  readonly body: string;
}

export function partsOf(token: string): Parts {
  const at = token.lastIndexOf('_');
  return { prefix: token.slice(0, at), body: token.slice(at + 1) };
}

/**
 * How sure it is, by length and structure, that a candidate is a secret of Stripe's; undefined where it is none. Source of the lengths
 * and of the structure of 99-character bodies: genuine samples; they raise the confidence and reject nothing.
 */
export function judgeStructure({ prefix, body }: Parts, behind: string): Confidence | undefined {
  if (prefix.length + body.length + 1 > mostToken) return undefined;
  if (maskedBehind.test(behind) || identifierBehind.test(behind)) return undefined;
  if (prefix === 'whsec') return judgeWebhook(body, behind);
  if (body.length < leastBody || foreignBody.test(body)) return undefined;
  const certain = isCertain({ prefix, body });
  if (!certain && hyphenatedBehind.test(behind)) return undefined;
  return certain ? 'certain' : 'likely';
}

/** 32 characters from the Dashboard, 64 hexadecimal digits from the CLI; with base64's other characters it is a standard webhook's. */
function judgeWebhook(body: string, behind: string): Confidence | undefined {
  if (body.length < leastWebhookBody || base64Behind.test(behind)) return undefined;
  return isCertain({ prefix: 'whsec', body }) ? 'certain' : 'likely';
}

/** Whether a body has a length and a structure that Stripe is known to use. */
export function isCertain({ prefix, body }: Parts): boolean {
  if (prefix === 'whsec') return body.length === leastWebhookBody || /^[0-9a-f]{64}$/.test(body);
  if (prefix.startsWith('sk_org')) return body.length >= 100;
  if (body.length === 24) return true;
  if (body.length === 34) return /\d\d.{8}$/.test(body);
  return body.length === 99 && /^5.*\d\d.{8}$/.test(body);
}

/** The account a body names: its id's 16 characters stand behind the first one of a 99-character body. */
export function accountOf({ body }: Parts): string | undefined {
  const id = body.length === 99 ? /^5(1[0-9A-Za-z]{15})/.exec(body)?.[1] : undefined;
  return id && `acct_${id}`;
}
