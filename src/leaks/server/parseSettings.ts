import { leakRules, severities, type LeakRule, type RuleSetting } from '../protocol.ts';

/** What a client has set. What is absent is left as it was. */
export interface ParsedSettings {
  /** All that differ from the rules' own severities. */
  readonly rules?: ReadonlyMap<LeakRule, RuleSetting>;
  readonly vault?: boolean;
  readonly documents?: boolean;
  readonly trusted?: boolean;
  /** The names of what means nothing, for the log; not the values, for nobody knows what is in them. */
  readonly unknown: readonly string[];
}

const isRule = (name: string): name is LeakRule => (leakRules as readonly string[]).includes(name);
const isSetting = (value: unknown): value is RuleSetting =>
  value === 'off' || (severities as readonly unknown[]).includes(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `GuardSettings` as any client may have written them: nothing in them is a reason not to serve. */
export function parseSettings(given: unknown): ParsedSettings {
  if (given === undefined || given === null) return { unknown: [] };
  if (!isRecord(given)) return { unknown: ['the settings as a whole'] };
  const { rules, vault, documents, trusted, ...others } = given;
  const unknown = Object.keys(others);
  if (rules !== undefined && !isRecord(rules)) unknown.push('rules');
  if (vault !== undefined && typeof vault !== 'boolean') unknown.push('vault');
  if (documents !== undefined && typeof documents !== 'boolean') unknown.push('documents');
  if (trusted !== undefined && typeof trusted !== 'boolean') unknown.push('trusted');
  const taken = new Map<LeakRule, RuleSetting>();
  for (const [rule, value] of Object.entries(isRecord(rules) ? rules : {})) {
    if (isRule(rule) && isSetting(value)) taken.set(rule, value);
    else unknown.push(`rules.${rule}`);
  }
  return {
    ...(isRecord(rules) ? { rules: taken } : {}),
    ...(typeof vault === 'boolean' ? { vault } : {}),
    ...(typeof documents === 'boolean' ? { documents } : {}),
    ...(typeof trusted === 'boolean' ? { trusted } : {}),
    unknown,
  };
}

/** Our part of all settings of an editor, under `keysmith.guard` or `keysmith`; undefined where there is none. */
export function ownSettings(all: unknown): unknown {
  const own = isRecord(all) ? all['keysmith'] : undefined;
  return isRecord(own) && 'guard' in own ? own['guard'] : own;
}
