import type { CommandHandlers } from '../contract.ts';
import type { UseDesk } from './useDesk.ts';

type UseCommands = Pick<
  CommandHandlers,
  Extract<keyof CommandHandlers, `keysmith.use.${string}` | 'keysmith.secretFor'>
>;

/** What the commands on the use of keys do. Their code is loaded when they first run. */
export function useHandlers(desk: UseDesk): UseCommands {
  return {
    'keysmith.use.choose': async () => (await import('./chooseKeys.ts')).chooseKeys(desk),
    'keysmith.use.inject': async () => (await import('./inject.ts')).inject(desk),
    'keysmith.use.stopInjecting': async () => (await import('./inject.ts')).stopInjecting(desk),
    'keysmith.secretFor': async (wanted) => (await import('./secretFor.ts')).secretFor(desk, wanted),
  };
}
