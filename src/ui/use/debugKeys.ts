import * as vscode from 'vscode';
import { isRefusal, Refusal } from '../commands/failure.ts';
import { chosenOrAsked } from './chooseKeys.ts';
import { isVariableName } from './chosenKeys.ts';
import { environmentOf, handOver, liveWords } from './handOver.ts';
import { refuseUntrusted } from './liveGuard.ts';
import type { UseDesk } from './useDesk.ts';

/** With these a debugger has the editor type `env NAME=value …` into a terminal. */
const typed = new Set<unknown>(['integratedTerminal', 'externalTerminal']);

/**
 * A launch configuration with the keys it asks for in its environment; undefined where nothing is to be started. `launch.json` stays as it
 * is. Runs behind every other provider, so that `console` is what the debugger will see.
 */
export async function withKeys(
  desk: UseDesk,
  configuration: vscode.DebugConfiguration,
  showProblem: (problem: Refusal['problem']) => void,
): Promise<vscode.DebugConfiguration | undefined> {
  try {
    refuseShown(desk, configuration);
    const { keysmith: wanted, ...rest } = configuration;
    if (wanted === undefined || wanted === false) return configuration;
    refuseUntrusted();
    if (typed.has(rest['console'])) throw new Refusal({ kind: 'useShownInTerminal' });
    const chosen = wanted === true ? await chosenOrAsked(desk) : namedIn(wanted);
    const handed = await handOver(desk.keys, chosen, vscode.l10n.t('the debug session “{0}”', rest.name));
    const environment = environmentOf(handed, desk.keys.session);
    desk.overrides.warn(Object.keys(environment));
    const live = liveWords(handed);
    return {
      ...withEnvironment(rest, environment),
      ...(live === undefined ? {} : { keysmithLive: live }),
    };
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    if (!isRefusal(error)) throw error;
    showProblem(error.problem);
    return undefined;
  }
}

/** A key that was put in as `${command:keysmith.secretFor}` must not be where others read it. */
function refuseShown({ given }: UseDesk, { env, environment, ...rest }: vscode.DebugConfiguration): void {
  const has = (value: unknown): boolean => {
    const text = JSON.stringify(value) ?? '';
    return [...given.values()].some((secret) => text.includes(secret.reveal()));
  };
  if (has(rest)) throw new Refusal({ kind: 'useInArguments' });
  if (typed.has(rest['console']) && has({ env, environment })) throw new Refusal({ kind: 'useShownInTerminal' });
}

function namedIn(wanted: unknown): ReadonlyMap<string, string> {
  const entries = typeof wanted === 'object' && wanted !== null ? Object.entries(wanted) : [];
  const named = entries.flatMap(([variable, key]): [string, string][] =>
    isVariableName(variable) && typeof key === 'string' ? [[variable, key]] : [],
  );
  if (named.length === 0 || named.length < entries.length)
    throw new Refusal({ kind: 'useMalformed', what: JSON.stringify(wanted) });
  return new Map(named);
}

/** Most debuggers take `env` as an object; those of C and C++ take `environment` as a list. */
function withEnvironment(
  configuration: vscode.DebugConfiguration,
  added: Readonly<Record<string, string>>,
): vscode.DebugConfiguration {
  const { env, environment, type } = configuration;
  if (Array.isArray(environment) || type === 'cppdbg' || type === 'cppvsdbg') {
    const list = Array.isArray(environment) ? (environment as readonly unknown[]) : [];
    return {
      ...configuration,
      environment: [...list, ...Object.entries(added).map(([name, value]) => ({ name, value }))],
    };
  }
  return { ...configuration, env: { ...(env as object | undefined), ...added } };
}
