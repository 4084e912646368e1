import { basename } from 'node:path';
import { isEnvironmentExample, isEnvironmentFile } from '../exclusions/environmentFile.ts';
import type { LeakFacts } from '../leak.ts';

/** What ends a leak, by the name of its command. */
export type Remedy = 'moveToVault' | 'keepOut' | 'rotate';

/**
 * What can end a leak, the best first: nothing for what is no secret, and only what is a key of Stripe's can be rotated here. In an environment file a
 * key stands where it belongs, if only git does not have the file.
 */
export function remediesOf({ rule, kind, service }: Pick<LeakFacts, 'rule' | 'kind' | 'service'>, path = ''): Remedy[] {
  if (rule === 'sample-key' || rule === 'live-publishable-key') return [];
  const name = basename(path);
  const move = isEnvironmentFile(name) && !isEnvironmentExample(name) ? 'keepOut' : 'moveToVault';
  const rotatable = service === undefined && ['secret', 'restricted', 'organization'].includes(kind);
  return rotatable ? [move, 'rotate'] : [move];
}
