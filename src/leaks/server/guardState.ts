import type { LeakFacts } from '../leak.ts';
import {
  leakRules,
  severities,
  type GuardSettings,
  type KnownKey,
  type LeakRule,
  type RuleSetting,
} from '../protocol.ts';

const isRule = (name: string): name is LeakRule => (leakRules as readonly string[]).includes(name);
const isSetting = (value: string): value is RuleSetting =>
  value === 'off' || (severities as readonly string[]).includes(value);

/** What the client has told: its settings, and whose tokens are whose. */
export class GuardState {
  readonly #rules = new Map<LeakRule, RuleSetting>();
  #known: ReadonlyMap<string, readonly KnownKey[]> = new Map();
  #vault = false;
  /** Changes with whatever may change a document's diagnostics beside its text. */
  epoch = 0;

  /** The client keeps secrets in a vault. */
  get vault(): boolean {
    return this.#vault;
  }

  /** Takes settings; returns the names and values that mean nothing. */
  set({ rules = {}, vault = this.#vault }: GuardSettings): string[] {
    const unknown: string[] = [];
    this.#rules.clear();
    for (const [rule, value] of Object.entries(rules)) {
      if (isRule(rule) && isSetting(value)) this.#rules.set(rule, value);
      else unknown.push(`${rule}: ${value}`);
    }
    this.#vault = vault;
    this.epoch += 1;
    return unknown;
  }

  know(keys: readonly KnownKey[]): void {
    this.#known = Map.groupBy(keys, ({ fingerprint }) => fingerprint);
  }

  /** What is known of a token. */
  keysOf(fingerprint: string): readonly KnownKey[] {
    return this.#known.get(fingerprint) ?? [];
  }

  /** The leaks as the person wants to see them. */
  weigh<T extends LeakFacts>(leaks: readonly T[]): T[] {
    return leaks.flatMap((leak) => {
      const setting = this.#rules.get(leak.rule);
      if (setting === 'off') return [];
      return [setting === undefined ? leak : { ...leak, severity: setting }];
    });
  }
}
