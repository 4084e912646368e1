import type { LeakFacts } from '../leak.ts';

/** What ends a leak, by the name of its command. */
export type Remedy = 'moveToVault' | 'rotate';

/** What can end a leak, the best first: nothing for what is no secret, and only what is a key can be rotated here. */
export function remediesOf({ rule, kind }: Pick<LeakFacts, 'rule' | 'kind'>): Remedy[] {
  if (rule === 'sample-key' || rule === 'live-publishable-key') return [];
  return ['secret', 'restricted', 'organization'].includes(kind) ? ['moveToVault', 'rotate'] : ['moveToVault'];
}
