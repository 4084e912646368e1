import { parseArgs } from 'node:util';
import { messageOf } from '../shared/errors.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import type { WantedKey } from './protocol.ts';
import { isVariableName } from './variableName.ts';

export interface RunCommand {
  /** Which variables of the child's environment get which keys; none means those chosen for the workspace. */
  readonly keys: readonly WantedKey[];
  readonly program: string;
  readonly args: readonly string[];
}

const usualVariables = ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'];

export const runUsage = `keysmith run [--key NAME] [--env VARIABLE[=NAME]]… -- COMMAND [ARGUMENTS]

  Runs a command with keys in its environment and nowhere else. Works in the terminals of an editor with Keysmith, which gives the keys:
  without options those that were chosen for the workspace.

  --key NAME            a key's name or id, of the vault or of the service that is connected
  --env VARIABLE        which variable gets it, as often as needed (default: ${usualVariables.join(' and ')});
                        without --key it gets the key that was chosen for it
  --env VARIABLE=NAME   a variable with a key of its own, as often as needed

  In what the command prints, the keys are replaced by their masks, and so are other Stripe secrets of its environment.
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
    if (values.key === '') return refuse('--key takes the name or id of a key: --key NAME.');
    if (!program) return refuse('keysmith run needs a command, behind "--".');
    const keys = wantedKeys(values.key, values.env ?? []);
    return keys.ok ? ok({ keys: keys.value, program, args: rest }) : keys;
  } catch (error) {
    return refuse(messageOf(error));
  }
}

function wantedKeys(key: string | undefined, env: readonly string[]): Outcome<readonly WantedKey[], string> {
  const keys: WantedKey[] = [];
  for (const given of env) {
    const border = given.indexOf('=');
    const variable = border < 0 ? given : given.slice(0, border);
    const own = border < 0 ? undefined : given.slice(border + 1);
    if (!isVariableName(variable)) return refuse(`--env takes the name of a variable, not "${variable}".`);
    if (own === '') return refuse(`--env ${variable}= needs the name of a key: --env ${variable}=NAME.`);
    if (keys.some((one) => one.variable === variable)) return refuse(`--env names the variable ${variable} twice.`);
    keys.push({ variable, key: own });
  }
  if (key === undefined) return ok(keys);
  const without = keys.filter((one) => one.key === undefined).map(({ variable }) => variable);
  const named = keys.filter((one) => one.key !== undefined);
  const usual = usualVariables.filter((variable) => named.every((one) => one.variable !== variable));
  return ok([...(without.length > 0 ? without : usual).map((variable) => ({ variable, key })), ...named]);
}
