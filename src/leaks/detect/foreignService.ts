import { candidatePattern } from './candidates.ts';
import { accountOf, type Parts } from './structure.ts';

/** A service whose keys look like Stripe's (sources: the services' own documentation, and the rules of other scanners). */
interface Service {
  readonly name: string;
  /** How it is called in code and in configuration. */
  readonly named: RegExp;
  /** The prefixes it uses. */
  readonly prefix: RegExp;
  /** Bodies that Stripe never issued and this service does. */
  readonly shape?: RegExp;
}

const services: readonly Service[] = [
  { name: 'Paystack', named: /paystack/i, prefix: /^[sp]k_/, shape: /^[0-9a-f]{40}$/ },
  { name: 'Clerk', named: /clerk/i, prefix: /^(?:[sp]k_|whsec$)/ },
  { name: 'PAY.JP', named: /pay[._-]?jp(?![a-z])/i, prefix: /^[sp]k_/ },
  { name: 'Svix', named: /svix/i, prefix: /^whsec$/ },
  { name: 'Standard Webhooks', named: /standard[ _-]?webhooks?/i, prefix: /^whsec$/ },
  { name: 'WorkOS', named: /work_?os/i, prefix: /^[sp]k_/ },
  { name: 'Highnote', named: /highnote/i, prefix: /^[sr]k_/ },
  { name: 'Picatic', named: /picatic/i, prefix: /^sk_/ },
  { name: 'Apideck', named: /apideck/i, prefix: /^sk_/ },
];

const stripe = /stripe/i;
const otherKey = new RegExp(candidatePattern);

/** How much is looked at before and behind a token on its line: minified lines have no end. */
const lineBefore = 300;
const lineBehind = 100;
/** How many lines above say what a token is. */
const linesAbove = 3;

/**
 * The service that a token probably belongs to, where that is not Stripe: told by the nearest word around it, or by its body. A body that
 * names a Stripe account is Stripe's whatever stands around it. Undefined where nothing speaks against Stripe.
 */
export function foreignService(text: string, start: number, end: number, parts: Parts, path = ''): string | undefined {
  if (accountOf(parts)) return undefined;
  const possible = services.filter(({ prefix }) => prefix.test(parts.prefix));
  for (const near of nearestFirst(text, start, end, path)) {
    if (stripe.test(near)) return undefined;
    const named = possible.find((service) => service.named.test(near));
    if (named) return named.name;
  }
  return possible.find(({ shape }) => shape?.test(parts.body))?.name;
}

/** The token's line without the token, the lines above up to one that holds another key, the path. */
function* nearestFirst(text: string, start: number, end: number, path: string): Generator<string> {
  const near = text.slice(Math.max(0, start - lineBefore), start);
  const behind = text.slice(end, end + lineBehind);
  yield `${near.slice(near.lastIndexOf('\n') + 1)} ${/^[^\r\n]*/.exec(behind)?.[0] ?? ''}`;
  let lineEnd = near.includes('\n') ? start - (near.length - near.lastIndexOf('\n')) : -1;
  for (let line = 0; line < linesAbove && lineEnd >= 0; line += 1) {
    const above = text.slice(Math.max(0, lineEnd - lineBefore), lineEnd);
    const one = above.slice(above.lastIndexOf('\n') + 1);
    if (otherKey.test(one)) break;
    yield one;
    lineEnd = above.includes('\n') ? lineEnd - (above.length - above.lastIndexOf('\n')) : -1;
  }
  yield path;
}
