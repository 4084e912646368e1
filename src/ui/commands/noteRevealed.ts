import type { Mode } from '../../domain/mode.ts';
import { setContext } from '../context.ts';

/** The walkthrough asks for a sandbox key to be revealed: a live one is no step of it. */
export function noteRevealed({ mode }: { readonly mode: Mode }): void {
  if (mode === 'sandbox') setContext('revealed', true);
}
