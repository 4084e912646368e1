import * as vscode from 'vscode';
import type { Problem } from '../../domain/problem.ts';
import { messageOf } from '../../shared/errors.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { shellProfile } from '../contract.ts';
import { shownText } from '../../handover/shownText.ts';
import { ChosenKeys } from './chosenKeys.ts';
import { followRotations } from './followRotations.ts';
import type { HandedOver } from './handedOver.ts';
import { Injection } from './injection.ts';
import { followTerminals } from './liveTerminals.ts';
import { LiveUses } from './liveUses.ts';
import { OverrideWarning } from './overrideWarning.ts';
import type { UseDesk } from './useDesk.ts';

export interface UseTools {
  readonly keys: KeyDesk;
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  /** Where the program `keysmith` is put. */
  readonly launcherFolder: string;
  /** The command line's bundle. */
  readonly cli: string;
  readonly showProblem: (problem: Problem) => void;
}

export interface KeyUse extends vscode.Disposable {
  readonly desk: UseDesk;
  /** Ends what listens; to be waited for. */
  stop(): Promise<void>;
}

const laterMs = 500;

/** The ways by which programs get keys without a person seeing them. Their code is loaded when they are first used. */
export function registerUse({ keys, context, log, launcherFolder: folder, cli, showProblem }: UseTools): KeyUse {
  const memory = context.workspaceState;
  const liveUses = new LiveUses();
  const injection = new Injection(context.environmentVariableCollection, liveUses);
  const overrides = new OverrideWarning(memory, keys.notifier);
  const { handedOver } = keys;
  const chosen = new ChosenKeys(memory, (id) => handedOver.current(id));
  const desk: UseDesk = { keys, chosen, injection, liveUses, overrides, allowed: new Set(), given: new Map(), log };

  // Later: the editor waits for what an extension does at its start, and no terminal asks before that.
  const listening = nextTurn()
    .then(() => import('./runKeys.ts'))
    .then(({ listenForRuns }) => listenForRuns(desk, { folder, cli, memory }))
    .catch((error: unknown) => {
      log.error(`keysmith run does not work in this window: ${messageOf(error)}`);
      return undefined;
    });

  const registered = vscode.Disposable.from(
    injection,
    liveUses,
    followTerminals({ injection, liveUses, handedOver, memory }),
    followSessions(liveUses, handedOver),
    followRotations(desk),
    vscode.window.registerTerminalProfileProvider(shellProfile, {
      provideTerminalProfile: async () => (await import('./stripeShell.ts')).stripeShell(desk),
    }),
    vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfigurationWithSubstitutedVariables: async (_folder, configuration) =>
        desk.given.size === 0 && !JSON.stringify(configuration).includes('keysmith')
          ? configuration
          : (await import('./debugKeys.ts')).withKeys(desk, configuration, showProblem),
    }),
  );
  return {
    desk,
    dispose: () => registered.dispose(),
    stop: async () => (await listening)?.close(),
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, laterMs));

/** `debugKeys.ts` marks a configuration with its keys, and the names of the live ones. */
function followSessions(liveUses: LiveUses, handedOver: HandedOver): vscode.Disposable {
  const uses = new Map<string, vscode.Disposable>();
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession(({ id, name, configuration }) => {
      const { keysmithLive: live, keysmithKeys: held } = configuration as Readonly<Record<string, unknown>>;
      if (!Array.isArray(held)) return;
      const what = vscode.l10n.t('the debug session “{0}”', shownText(name));
      const all = [handedOver.begin({ kind: 'program', keys: held.map(String), what })];
      if (typeof live === 'string')
        all.push(liveUses.begin(vscode.l10n.t('The debug session “{0}” uses {1}', shownText(name), live)));
      uses.set(id, vscode.Disposable.from(...all));
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      uses.get(id)?.dispose();
      uses.delete(id);
    }),
  );
}
