import type * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';
import type { KeyDesk } from '../commands/desk.ts';
import type { ChosenKeys } from './chosenKeys.ts';
import type { Injection } from './injection.ts';
import type { LiveUses } from './liveUses.ts';
import type { OverrideWarning } from './overrideWarning.ts';

/** What the use of keys works with. All state of it is here: the code is bundled more than once. */
export interface UseDesk {
  readonly keys: KeyDesk;
  readonly chosen: ChosenKeys;
  readonly injection: Injection;
  readonly liveUses: LiveUses;
  readonly overrides: OverrideWarning;
  /** The ids of the sandbox keys that `keysmith.secretFor` may give in this window without asking again. */
  readonly allowed: Set<string>;
  /** What `keysmith.secretFor` gave in this window, so that a launch configuration that shows it is seen. */
  readonly given: Map<string, Secret>;
  readonly log: vscode.LogOutputChannel;
}
