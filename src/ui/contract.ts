import type { LeakPlace } from '../leaks/protocol.ts';
import type { LeakedKeyNode, LeakPlaceNode } from './leaks/leakNodes.ts';
import type { KeptNode, KeyNode, KeyTreeNode, MoreNode } from './tree/nodes.ts';

/** Every command with its arguments. `package.json` declares the same ones: `manifest.test.ts` holds them together. */
export interface CommandArguments {
  'keysmith.emulator.start': [];
  'keysmith.emulator.stop': [];
  'keysmith.emulator.enforce': [];
  'keysmith.key.createSecret': [node?: KeyTreeNode];
  'keysmith.key.createRestricted': [node?: KeyTreeNode];
  'keysmith.key.createOrganization': [node?: KeyTreeNode];
  'keysmith.key.duplicate': [node?: KeyNode];
  'keysmith.key.reveal': [node?: KeyNode | KeptNode];
  'keysmith.key.hide': [];
  'keysmith.key.copy': [node?: KeyNode | KeptNode];
  'keysmith.key.edit': [node?: KeyNode];
  'keysmith.key.editPermissions': [node?: KeyNode];
  'keysmith.key.limit': [node?: KeyNode];
  'keysmith.key.rotate': [node?: KeyNode];
  'keysmith.key.delete': [node?: KeyNode, selected?: readonly KeyTreeNode[]];
  'keysmith.key.openLog': [node?: KeyNode | KeptNode];
  'keysmith.key.openDashboard': [node?: KeyNode | KeptNode];
  'keysmith.requests.show': [];
  'keysmith.requests.explain': [id?: string];
  'keysmith.requests.export': [];
  'keysmith.record.start': [];
  'keysmith.record.stop': [];
  'keysmith.leastPrivilege': [node?: KeyNode];
  'keysmith.leastPrivilege.guess': [];
  'keysmith.vault.import': [];
  'keysmith.vault.rename': [node?: KeptNode];
  'keysmith.vault.forget': [node?: KeyTreeNode, selected?: readonly KeyTreeNode[]];
  'keysmith.vault.show': [];
  'keysmith.leak.moveToVault': [place?: LeakPlace | LeakPlaceNode];
  'keysmith.leak.rotate': [place?: LeakPlace | LeakPlaceNode | LeakedKeyNode];
  'keysmith.leak.ignore': [place?: LeakPlace | LeakPlaceNode | LeakedKeyNode];
  'keysmith.leak.keepOutOfGit': [place?: LeakPlace | LeakPlaceNode];
  'keysmith.leaks.scan': [];
  'keysmith.leaks.groupByKey': [];
  'keysmith.leaks.groupByFile': [];
  'keysmith.hook.install': [];
  'keysmith.hook.uninstall': [];
  'keysmith.use.choose': [];
  'keysmith.use.inject': [];
  'keysmith.use.stopInjecting': [];
  /** For inputs of launch configurations: gives the token. */
  'keysmith.secretFor': [wanted?: unknown];
  'keysmith.tryCall': [];
  'keysmith.openWalkthrough': [];
  'keysmith.switchMode': [];
  'keysmith.filter': [];
  'keysmith.clearFilter': [];
  'keysmith.showMore': [node?: MoreNode];
  'keysmith.refresh': [];
  'keysmith.showLog': [];
}

export type CommandId = keyof CommandArguments;
/** What a command answers, where it answers. */
export interface CommandAnswers {
  'keysmith.secretFor': string | undefined;
}
export type CommandHandlers = {
  readonly [Id in CommandId]: (
    ...args: CommandArguments[Id]
  ) => Promise<Id extends keyof CommandAnswers ? CommandAnswers[Id] : void>;
};

/** Every setting with its default and type; read through `settings.ts` only. */
export const settingDefaults = {
  'keysmith.emulator.port': 12_181,
  'keysmith.guard.enabled': true,
  /** Severities by rule, where they differ from the usual ones. */
  'keysmith.guard.rules': {},
  'keysmith.reveal.hideAfterSeconds': 30,
  'keysmith.clipboard.clearAfterSeconds': 60,
  /** `ask` or `never`: whether a live key may be handed to a program. */
  'keysmith.use.liveKeys': 'ask',
} as const;

export const keysView = 'keysmith.keys';
export const leaksView = 'keysmith.leaks';
export const requestsView = 'keysmith.requests';
export const shellProfile = 'keysmith.stripeShell';

/** Context keys that `when` clauses of `package.json` use. */
export const contextKeys = {
  /** `stopped`, `starting`, `running` or `failed` */
  emulator: 'keysmith.emulator',
  /** A filter narrows the tree. */
  filtered: 'keysmith.filtered',
  /** A secret is to be seen. */
  shown: 'keysmith.shown',
  /** Steps of the walkthrough that have happened: a sandbox key was revealed or copied, … */
  revealed: 'keysmith.done.reveal',
  /** … a test request was accepted, … */
  called: 'keysmith.done.call',
  /** … a restricted key was made. */
  restricted: 'keysmith.done.restrict',
  /** The workspace was looked through, so that there is a view of what was found. */
  scanned: 'keysmith.scanned',
  /** Requests are recorded. */
  recording: 'keysmith.recording',
  /** How leaks are grouped: `key` or `file`. */
  grouping: 'keysmith.leaks.grouping',
} as const;
