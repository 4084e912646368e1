import { maskToken, Secret } from '../../domain/secret.ts';
import { parseToken, tokenPrefix } from '../../domain/token.ts';
import type { Leak, TextContext } from '../leak.ts';
import type { LeakRule } from '../protocol.ts';
import { fingerprintOf } from './fingerprint.ts';

/** Shortest body Stripe ever issued (24, until 2019). Shorter ones are placeholders. */
const leastBody = 24;

const prefixes = [
  tokenPrefix('secret', 'live'),
  tokenPrefix('restricted', 'live'),
  tokenPrefix('secret', 'sandbox'),
  tokenPrefix('restricted', 'sandbox'),
];
const candidates = new RegExp(`(?<![0-9A-Za-z])(?:${prefixes.join('|')})[0-9A-Za-z]+`, 'g');

const isPlaceholder = (body: string): boolean => new Set(body).size < 8;

/** The leaks of a text in order. Pure; time linear in the length of the text. */
export function findLeaks(text: string, _context: TextContext = {}): Leak[] {
  const leaks: Leak[] = [];
  for (const match of text.matchAll(candidates)) {
    const token = parseToken(match[0]);
    if (!token || token.body.length < leastBody || isPlaceholder(token.body)) continue;
    const rule: LeakRule = `${token.mode === 'live' ? 'live' : 'test'}-${token.kind === 'restricted' ? 'restricted' : 'secret'}-key`;
    leaks.push({
      rule,
      kind: token.kind,
      mode: token.mode,
      severity: token.mode === 'live' ? 'error' : 'warning',
      confidence: 'likely',
      form: 'plain',
      start: match.index,
      end: match.index + match[0].length,
      mask: maskToken(match[0]),
      fingerprint: fingerprintOf(match[0]),
      secret: new Secret(match[0]),
    });
  }
  return leaks;
}
