import type { LeakFacts } from '../leak.ts';
import { severities, type RuleSetting } from '../protocol.ts';
import type { Policy } from './policyFile.ts';

/** What decides how grave a leak is beside the leak itself. */
export interface Weights {
  /** The user's settings, which overrule the policy. */
  readonly user: Policy;
  readonly policy: Policy;
  /** What is not trusted may make a leak graver, never slighter. */
  readonly trusted: boolean;
}

/** The leaks with the severities that were set, without those whose rule is off. */
export const weigh = <T extends LeakFacts>(leaks: readonly T[], { user, policy, trusted }: Weights): T[] =>
  leaks.flatMap((leak) => {
    const set = user.get(leak.rule) ?? policy.get(leak.rule) ?? leak.severity;
    const severity = trusted ? set : graver(leak.severity, set);
    return severity === 'off' ? [] : [severity === leak.severity ? leak : { ...leak, severity }];
  });

const fromGravest: readonly RuleSetting[] = [...severities, 'off'];
const graver = (one: RuleSetting, other: RuleSetting): RuleSetting =>
  fromGravest.indexOf(one) < fromGravest.indexOf(other) ? one : other;
