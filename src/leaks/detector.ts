import type { Kind } from '../domain/kind.ts';
import type { Mode } from '../domain/mode.ts';
import { parseToken, tokenPrefix } from '../domain/token.ts';
import { maskToken } from '../domain/secret.ts';
import type { LeakRule } from './protocol.ts';

/** A secret found in a text. Offsets count UTF-16 units; the token itself is not kept. */
export interface Leak {
  readonly rule: LeakRule;
  readonly kind: Kind;
  readonly mode: Mode;
  readonly start: number;
  readonly end: number;
  readonly mask: string;
}

/** Shortest body Stripe ever issued (24, until 2019). Shorter ones are placeholders. */
const leastBody = 24;

const prefixes = [
  tokenPrefix('secret', 'live'),
  tokenPrefix('secret', 'sandbox'),
  tokenPrefix('restricted', 'live'),
  tokenPrefix('restricted', 'sandbox'),
];
const candidates = new RegExp(`(?<![0-9A-Za-z])(?:${prefixes.join('|')})[0-9A-Za-z]+`, 'g');

const isPlaceholder = (body: string): boolean => new Set(body).size < 8;

/** The leaks of a text in order. Pure; time linear in the length of the text. */
export function findLeaks(text: string): Leak[] {
  const leaks: Leak[] = [];
  for (const match of text.matchAll(candidates)) {
    const token = parseToken(match[0]);
    if (!token || token.body.length < leastBody || isPlaceholder(token.body)) continue;
    const rule: LeakRule = `${token.mode === 'live' ? 'live' : 'test'}-${token.kind === 'restricted' ? 'restricted' : 'secret'}-key`;
    leaks.push({
      rule,
      kind: token.kind,
      mode: token.mode,
      start: match.index,
      end: match.index + match[0].length,
      mask: maskToken(match[0]),
    });
  }
  return leaks;
}
