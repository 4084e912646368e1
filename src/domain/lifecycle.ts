import { isSecretKind, type Kind } from './kind.ts';
import type { Mode } from './mode.ts';

/** The four keys of a new account, by kind and mode (source: "Key types": "By default, all accounts have a total of four API keys"). */
export const defaultKeys: readonly { readonly kind: Kind; readonly mode: Mode }[] = [
  { kind: 'publishable', mode: 'sandbox' },
  { kind: 'secret', mode: 'sandbox' },
  { kind: 'publishable', mode: 'live' },
  { kind: 'secret', mode: 'live' },
];

/** The name of a default or replacement key (source: "Rotate an API key"); a restricted key keeps its own. */
export function standardName(kind: Kind, current = ''): string {
  if (kind === 'publishable') return 'Publishable key';
  if (kind === 'secret') return 'Secret key';
  return current;
}

/**
 * Whether a token may be shown again. A sandbox key any number of times, a live secret once (source: "Live mode key access"),
 * a publishable key always.
 */
export function mayReveal(key: { readonly kind: Kind; readonly mode: Mode }, alreadyRevealed: boolean): boolean {
  return !isSecretKind(key.kind) || key.mode === 'sandbox' || !alreadyRevealed;
}
