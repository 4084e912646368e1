import { kindPrefixes, type Kind } from './kind.ts';
import { modeOf, tokenModeOf, type Mode } from './mode.ts';

/** A token taken apart: `sk_test_51Abc…` is kind `secret`, mode `sandbox`, body `51Abc…`. */
export interface Token {
  readonly kind: Kind;
  readonly mode: Mode;
  readonly body: string;
}

/** Stripe states that keys may grow up to 255 characters; longer texts are no tokens. */
export const maxTokenLength = 255;

const grammar = /^(sk_org|pk|sk|rk)_(test|live)_([0-9A-Za-z]+)$/;

const kindOfPrefix = new Map<string, Kind>(
  (Object.entries(kindPrefixes) as [Kind, string][]).map(([kind, prefix]) => [prefix, kind]),
);

/** The parts of a token, or undefined where the text is not one. Any body length is accepted: Stripe has changed it twice. */
export function parseToken(text: string): Token | undefined {
  if (text.length > maxTokenLength) return undefined;
  const [, prefix = '', tokenMode, body = ''] = grammar.exec(text) ?? [];
  const kind = kindOfPrefix.get(prefix);
  if (!kind) return undefined;
  return { kind, mode: modeOf(tokenMode === 'live' ? 'live' : 'test'), body };
}

export const tokenPrefix = (kind: Kind, mode: Mode): string => `${kindPrefixes[kind]}_${tokenModeOf(mode)}_`;

/** Stands at a fixed place in every body the emulator mints, so that the leak guard can tell its keys from Stripe's. */
export const emulatorMark = 'KeysmithEmulator';
const markOffset = 17;

/** True for a token that the emulator minted: worthless outside this machine. */
export function isEmulatorToken(token: Token): boolean {
  return token.body.startsWith(emulatorMark, markOffset);
}

/** `length` random characters of `[0-9A-Za-z]`. */
export type RandomText = (length: number) => string;

/**
 * A new token with the length and structure of a real one. `owner` is the `acct_…` or `org_…` id.
 *
 * Account keys have 99 characters of body: `5`, the 16 of the account id, 72 random ones, `00`, 8 random ones. Organization keys are
 * longer and start with a lower-case run (structure inferred from published samples; the first 16 random ones carry the mark).
 */
export function mintToken(kind: Kind, mode: Mode, owner: string, random: RandomText): string {
  const prefix = tokenPrefix(kind, mode);
  if (kind === 'organization') return prefix + random(markOffset).toLowerCase() + emulatorMark + random(199);
  const accountBody = owner
    .replace(/^acct_/, '')
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .padEnd(16, '0')
    .slice(0, 16);
  return `${prefix}5${accountBody}${emulatorMark}${random(72 - emulatorMark.length)}00${random(8)}`;
}
