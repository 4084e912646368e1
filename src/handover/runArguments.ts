import { parseArgs } from 'node:util';
import { messageOf } from '../shared/errors.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import { isVariableName } from './variableName.ts';

export interface RunCommand {
  /** A key's name or id. */
  readonly key: string;
  /** Which variables of the child's environment get it. */
  readonly variables: readonly string[];
  readonly program: string;
  readonly args: readonly string[];
}

const usualVariables = ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'];

export const runUsage = `keysmith run --key NAME [--env VARIABLE]… -- COMMAND [ARGUMENTS]

  Runs a command with a key in its environment and nowhere else. Works in the terminals of an editor with Keysmith, which gives the key.

  --key NAME      a key's name or id, of the vault or of the service that is connected
  --env VARIABLE  which variable gets it, as often as needed (default: ${usualVariables.join(' and ')})

  In what the command prints, the key is replaced by its mask.
  Exit status: the command's own; 125 no key was given, 126 or 127 the command could not be started.`;

/** Reads the arguments behind `keysmith run`; a refusal is the sentence to print. */
export function parseRunCommand(args: readonly string[]): Outcome<RunCommand, string> {
  const border = args.indexOf('--');
  const [program, ...rest] = border < 0 ? [] : args.slice(border + 1);
  try {
    const { values } = parseArgs({
      args: border < 0 ? [...args] : args.slice(0, border),
      options: { key: { type: 'string' }, env: { type: 'string', multiple: true } },
    });
    if (!values.key) return refuse('keysmith run needs to know which key: --key NAME.');
    if (!program) return refuse('keysmith run needs a command, behind "--".');
    const variables = values.env ?? usualVariables;
    const wrong = variables.find((name) => !isVariableName(name));
    if (wrong !== undefined) return refuse(`--env takes the name of a variable, not "${wrong}".`);
    return ok({ key: values.key, variables, program, args: rest });
  } catch (error) {
    return refuse(messageOf(error));
  }
}
