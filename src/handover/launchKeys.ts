import { ok, refuse } from '../shared/result.ts';
import type { Outcome } from '../shared/result.ts';
import { isVariableName } from './variableName.ts';

/** A value of `env` that begins so stands for a key, whose name or id follows. */
const reference = 'keysmith:';

/** The parts of a launch configuration in which keys are asked for; what is in them is whatever a person typed. */
export interface LaunchParts {
  readonly [other: string]: unknown;
  readonly keysmith?: unknown;
  readonly env?: unknown;
  /** What the debuggers of C and C++ have for `env`: a list of `name` and `value`. */
  readonly environment?: unknown;
}

export interface LaunchKeys {
  /** Whether the keys chosen for the workspace are asked for. */
  readonly chosen: boolean;
  /** Names or ids of keys by variable. */
  readonly named: ReadonlyMap<string, string>;
}

/**
 * The keys a launch configuration asks for: `"env": { "NAME": "keysmith:KEY" }`, which any debugger's schema takes, or the property
 * `keysmith`. Undefined where it asks for none; refused with the part that cannot be read.
 */
export function launchKeys({ keysmith, env, environment }: LaunchParts): Outcome<LaunchKeys | undefined, string> {
  const chosen = keysmith === true;
  const entries = chosen || keysmith === undefined || keysmith === false ? [] : entriesOf(keysmith);
  if (!entries) return refuse(JSON.stringify(keysmith));
  const referred = [...pairs(env), ...pairs(environment)].filter(isReference);
  if (!chosen && entries.length === 0 && referred.length === 0) return ok(undefined);
  const named = new Map(entries);
  for (const [variable, value] of referred) {
    const key = value.slice(reference.length).trim();
    if (key === '') return refuse(JSON.stringify({ [variable]: value }));
    named.set(variable, key);
  }
  return ok({ chosen, named });
}

function entriesOf(wanted: unknown): [string, string][] | undefined {
  const entries = pairs(wanted).filter((pair): pair is [string, string] => isVariableName(pair[0]) && isText(pair[1]));
  const complete = !Array.isArray(wanted) && entries.length > 0 && entries.length === pairs(wanted).length;
  return complete ? entries : undefined;
}

/** The parts of a launch configuration with values for some variables, in place of what stood for them. */
export function withVariables(
  { env, environment }: LaunchParts,
  added: Readonly<Record<string, string>>,
  debuggerType: string,
): LaunchParts {
  if (Array.isArray(environment) || debuggerType === 'cppdbg' || debuggerType === 'cppvsdbg') {
    const others = (Array.isArray(environment) ? (environment as readonly unknown[]) : []).filter((one) => {
      const [pair] = pairs([one]);
      return !pair || !(pair[0] in added);
    });
    return { environment: [...others, ...Object.entries(added).map(([name, value]) => ({ name, value }))] };
  }
  return { env: { ...(isRecord(env) ? env : {}), ...added } };
}

function pairs(value: unknown): [string, unknown][] {
  if (!Array.isArray(value)) return isRecord(value) ? Object.entries(value) : [];
  return value.flatMap((one: unknown): [string, unknown][] =>
    isRecord(one) && isText(one['name']) ? [[one['name'], one['value']]] : [],
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isReference = (pair: [string, unknown]): pair is [string, string] =>
  isText(pair[1]) && pair[1].startsWith(reference);
