import type { KeyNode } from './tree/nodes.ts';

/** Every command with its arguments. `package.json` declares the same ones: `manifest.test.ts` holds them together. */
export interface CommandArguments {
  'keysmith.emulator.start': [];
  'keysmith.emulator.stop': [];
  'keysmith.key.reveal': [node?: KeyNode];
  'keysmith.key.copy': [node?: KeyNode];
  'keysmith.refresh': [];
  'keysmith.showLog': [];
}

export type CommandId = keyof CommandArguments;
export type CommandHandlers = {
  readonly [Id in CommandId]: (...args: CommandArguments[Id]) => Promise<void>;
};

/** Every setting with its default and type; read through `settings.ts` only. */
export const settingDefaults = {
  'keysmith.emulator.port': 12_181,
  'keysmith.guard.enabled': true,
} as const;

export const keysView = 'keysmith.keys';

/** Context keys that `when` clauses of `package.json` use. */
export const contextKeys = {
  /** `stopped`, `starting`, `running` or `failed` */
  emulator: 'keysmith.emulator',
} as const;
