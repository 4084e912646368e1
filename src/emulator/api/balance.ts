import type { Mode } from '../../domain/mode.ts';

/** The balance of an account that never traded. */
export function balance(mode: Mode): unknown {
  const nothing = [{ amount: 0, currency: 'usd', source_types: { card: 0 } }];
  return { object: 'balance', available: nothing, livemode: mode === 'live', pending: nothing };
}
