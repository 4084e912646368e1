import * as vscode from 'vscode';
import { launchKeys, withVariables } from '../../handover/launchKeys.ts';
import { isRefusal, Refusal } from '../commands/failure.ts';
import { chosenOrAsked } from './chooseKeys.ts';
import { environmentOf, handOver, idsOf, liveWords } from './handOver.ts';
import { launchFacts } from '../../handover/launchFacts.ts';
import { intoProgram, refuseUntrusted } from './liveGuard.ts';
import type { UseDesk } from './useDesk.ts';
import { refuseWrittenDown } from './writtenDown.ts';

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
    await refuseShown(desk, configuration);
    const asked = launchKeys(configuration);
    if (!asked.ok) throw new Refusal({ kind: 'useMalformed', what: asked.problem });
    const wanted = asked.value;
    if (!wanted) return configuration;
    const { keysmith: _, ...rest } = configuration;
    refuseUntrusted();
    if (typed.has(rest['console'])) throw new Refusal({ kind: 'useShownInTerminal' });
    const keys = new Map([...(wanted.chosen ? await chosenOrAsked(desk) : []), ...wanted.named]);
    if (ownTerminal.has(rest.type)) await refuseWrittenDown();
    const handed = await handOver(desk.keys, keys, intoProgram(vscode.l10n.t('a debug session'), launchFacts(rest)));
    const environment = environmentOf(handed, desk.keys.session);
    desk.overrides.warn(Object.keys(environment));
    const live = liveWords(handed);
    return {
      ...rest,
      ...withVariables(rest, environment, rest.type),
      ...(live === undefined ? {} : { keysmithLive: live }),
      keysmithKeys: idsOf(handed),
    };
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    if (!isRefusal(error)) throw error;
    showProblem(error.problem);
    return undefined;
  }
}

/** These debuggers run in a terminal that they make, with the environment in it. */
const ownTerminal = new Set(['node-terminal', 'pwa-node-terminal']);

/** A key that was put in as `${command:keysmith.secretFor}` must not be where others read it. */
async function refuseShown(
  { given }: UseDesk,
  { env, environment, ...rest }: vscode.DebugConfiguration,
): Promise<void> {
  const has = (value: unknown): boolean => {
    const text = JSON.stringify(value) ?? '';
    return [...given.values()].some((secret) => text.includes(secret.reveal()));
  };
  if (has(rest)) throw new Refusal({ kind: 'useInArguments' });
  if (typed.has(rest['console']) && has({ env, environment })) throw new Refusal({ kind: 'useShownInTerminal' });
  if (ownTerminal.has(rest.type) && has({ env, environment })) await refuseWrittenDown();
}
