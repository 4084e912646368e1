import { groupBy } from '../../shared/groupBy.ts';
import type { LeakFacts } from '../leak.ts';
import type { KnownKey, LeakRule, RuleSetting } from '../protocol.ts';
import type { Policy } from '../policy/policyFile.ts';
import { weigh } from '../policy/weigh.ts';
import type { ParsedSettings } from './parseSettings.ts';

/** What is said where git would have to be run, and the workspace is not trusted. */
export const noGit = 'git is not run in a workspace that is not trusted. Trust the workspace first.';

/** What the client has told: its settings, and whose tokens are whose. */
export class GuardState {
  #rules: ReadonlyMap<LeakRule, RuleSetting> = new Map();
  #known: ReadonlyMap<string, readonly KnownKey[]> = new Map();
  #vault = false;
  #documents = true;
  #trusted = true;
  /** Changes with whatever may change a document's diagnostics beside its text. */
  epoch = 0;

  /** The client keeps secrets in a vault. */
  get vault(): boolean {
    return this.#vault;
  }

  /** Open documents are told of. */
  get documents(): boolean {
    return this.#documents;
  }

  /** The workspace is one in which programs may be run, git among them. */
  get trusted(): boolean {
    return this.#trusted;
  }

  set({
    rules = this.#rules,
    vault = this.#vault,
    documents = this.#documents,
    trusted = this.#trusted,
  }: ParsedSettings): void {
    this.#documents = documents;
    this.#trusted = trusted;
    this.#rules = rules;
    this.#vault = vault;
    this.epoch += 1;
  }

  know(keys: readonly KnownKey[]): void {
    this.#known = groupBy(keys, ({ fingerprint }) => fingerprint);
  }

  /** What is known of a token. */
  keysOf(fingerprint: string): readonly KnownKey[] {
    return this.#known.get(fingerprint) ?? [];
  }

  /** The leaks as the user, and the policy of the workspace, want to see them. */
  weigh<T extends LeakFacts>(leaks: readonly T[], policy: Policy): T[] {
    return weigh(leaks, { user: this.#rules, policy, trusted: this.#trusted });
  }
}
