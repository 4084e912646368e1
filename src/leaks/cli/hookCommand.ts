import { parseArgs } from 'node:util';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';

export interface HookCommand {
  readonly action: 'install' | 'uninstall';
  readonly elsewhere: boolean;
}

export const hookUsage = `keysmith hook install | uninstall [--elsewhere]

  install      look through what is staged before every commit of this repository
  uninstall    take that out again
  --elsewhere  also where the hook lies outside the repository and may be that of others, as with a global core.hooksPath

  Exit status: 0 done, 2 it could not be done.`;

/** Reads the arguments behind `keysmith hook`; a refusal is the sentence to print. */
export function parseHookCommand(args: readonly string[]): Outcome<HookCommand, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { elsewhere: { type: 'boolean', default: false } },
    });
    const [action, ...more] = positionals;
    if ((action !== 'install' && action !== 'uninstall') || more.length > 0)
      return refuse('keysmith hook takes install or uninstall.');
    return ok({ action, elsewhere: values.elsewhere });
  } catch (error) {
    return refuse(messageOf(error));
  }
}
