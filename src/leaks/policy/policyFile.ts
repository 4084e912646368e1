import { join } from 'node:path';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFileSync, smallFileWords } from '../../shared/smallFile.ts';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import { leakRules, severities, type LeakRule, type RuleSetting } from '../protocol.ts';

/** What a project says of the guard's rules to everybody who works on it, in the root of its workspace. */
export const policyFileName = 'keysmith.json';

/** Severities by rule, where they differ from the rules' own. */
export type Policy = ReadonlyMap<LeakRule, RuleSetting>;

export const noPolicy: Policy = new Map();

const version = 1;
const mostPolicyBytes = 64 * 1024;
const settings: readonly string[] = [...severities, 'off'];
const fields = new Set(['$schema', 'keysmith', 'rules']);

/** Reads a policy; why it cannot be used, as the end of a sentence that begins with the file. */
export function parsePolicy(text: string): Outcome<Policy, string> {
  const json = parseJson(text);
  if (!isRecord(json)) return refuse(json === undefined ? 'is not valid JSON' : 'is not a JSON object');
  const { keysmith, rules = {}, ...others } = json;
  if (typeof keysmith === 'number' && keysmith > version)
    return refuse('was written for a newer Keysmith: update Keysmith');
  if (keysmith !== version) return refuse(`does not say "keysmith": ${version}`);
  const unknown = Object.keys(others).find((name) => !fields.has(name));
  if (unknown !== undefined) return refuse(`has a field that Keysmith does not know${named(unknown)}`);
  if (!isRecord(rules)) return refuse('has "rules" that are no object of rules and severities');
  const policy = new Map<LeakRule, RuleSetting>();
  for (const [rule, setting] of Object.entries(rules)) {
    if (!isRule(rule)) return refuse(`names a rule that Keysmith does not know${named(rule)}`);
    if (!isSetting(setting)) return refuse(`sets ${rule} to what is none of ${settings.join(', ')}`);
    policy.set(rule, setting);
  }
  return ok(policy);
}

/** The policy for a root: its own, or that of the repository it is in; none where there is none. A sentence where it cannot be used. */
export function policyOf(root: string): Outcome<Policy, string> {
  for (const folder of new Set([root, workTreeOf(root) ?? root])) {
    const file = join(folder, policyFileName);
    const read = readSmallFileSync(file, { most: mostPolicyBytes });
    if (!read.ok && read.problem === 'absent') continue;
    const policy = read.ok ? parsePolicy(read.value.toString('utf8')) : refuse(smallFileWords[read.problem]);
    return policy.ok ? policy : refuse(`${file} ${policy.problem}.`);
  }
  return ok(noPolicy);
}

/** Undefined where the text is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Only what cannot be taken for anything but a name: the message may be shown where links are. */
const named = (name: string): string => (/^[\w-]{1,40}$/.test(name) ? `: ${name}` : '');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRule = (name: string): name is LeakRule => (leakRules as readonly string[]).includes(name);
const isSetting = (value: unknown): value is RuleSetting => typeof value === 'string' && settings.includes(value);
