import type * as vscode from 'vscode';
import type { LeakPlace } from '../../leaks/protocol.ts';
import type { KeyDesk } from '../commands/desk.ts';
import { setContext } from '../context.ts';
import type { CommandHandlers } from '../contract.ts';
import type { Findings } from './findings.ts';
import type { LeakedKeyNode, LeakGrouping, LeakPlaceNode } from './leakNodes.ts';
import type { LeakTree } from './leakTree.ts';
import type { LeakDesk } from './moveLeak.ts';

/** What commands on leaks work with. */
export interface LeakTools {
  readonly desk: LeakDesk & { readonly keys: KeyDesk };
  readonly findings: Findings;
  readonly tree: LeakTree;
  /** Where a scan remembers what it has found. */
  readonly cache: vscode.Uri;
  /** Where the program `keysmith` is put. */
  readonly launcherFolder: string;
  /** The command line's bundle. */
  readonly cli: string;
}

type LeakCommands = Pick<
  CommandHandlers,
  Extract<keyof CommandHandlers, `keysmith.leak${string}` | `keysmith.hook${string}`>
>;

/** What the commands of the guard do. Their code is loaded when they first run. */
export function leakHandlers({ desk, findings, tree, cache, launcherFolder, cli }: LeakTools): LeakCommands {
  const hookTools = { guard: desk.guard, notifier: desk.notifier, launcherFolder, cli };
  const group = (grouping: LeakGrouping): void => {
    tree.grouping = grouping;
    setContext('grouping', grouping);
  };
  return {
    'keysmith.leak.moveToVault': async (place) => (await import('./moveLeak.ts')).moveLeak(desk, placeOf(place)),
    'keysmith.leak.rotate': async (place) => (await import('./rotateLeak.ts')).rotateLeak(desk, placeOf(place)),
    'keysmith.leak.ignore': async (place) => (await import('./ignoreLeak.ts')).ignoreLeak(desk, placeOf(place)),
    'keysmith.leak.keepOutOfGit': async (place) =>
      (await import('./keepOutOfGit.ts')).keepOutOfGit(desk, placeOf(place)),
    'keysmith.leaks.scan': async () => (await import('./scanWorkspace.ts')).scanWorkspace(desk.guard, findings, cache),
    'keysmith.leaks.groupByKey': async () => group('key'),
    'keysmith.leaks.groupByFile': async () => group('file'),
    'keysmith.hook.install': async () => (await import('./changeHook.ts')).changeHook(hookTools, 'install'),
    'keysmith.hook.uninstall': async () => (await import('./changeHook.ts')).changeHook(hookTools, 'uninstall'),
  };
}

/** The place that a row of the tree, a fix or a hover names. */
function placeOf(given: LeakPlace | LeakPlaceNode | LeakedKeyNode | undefined): LeakPlace | undefined {
  if (!given || !('type' in given)) return given;
  const { uri, range, fingerprint } = given.type === 'leakPlace' ? given.finding : given.places[0];
  return { uri: uri.toString(), range, fingerprint };
}
