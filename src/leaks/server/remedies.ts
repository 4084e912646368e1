import type { LeakFacts } from '../leak.ts';

/** What ends a leak, by the name of its command. */
export type Remedy = 'moveToVault' | 'rotate';

/** What can end a leak, the best first: nothing for what is no secret, and only what is a key of Stripe's can be rotated here. */
export function remediesOf({ rule, kind, service }: Pick<LeakFacts, 'rule' | 'kind' | 'service'>): Remedy[] {
  if (rule === 'sample-key' || rule === 'live-publishable-key') return [];
  const rotatable = service === undefined && ['secret', 'restricted', 'organization'].includes(kind);
  return rotatable ? ['moveToVault', 'rotate'] : ['moveToVault'];
}
