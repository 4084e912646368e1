import { parseArgs } from 'node:util';
import { messageOf } from '../shared/errors.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import { enforcements, type Enforcement } from './store/settings.ts';

export interface EmulatorCommand {
  readonly port: number;
  readonly data: string | undefined;
  /** Path of a seed file. */
  readonly seed: string | undefined;
  readonly now: Date | undefined;
  readonly enforcement: Enforcement | undefined;
  /** Stand in for stripe-mock: its port, its key, its header. */
  readonly stripeMock: boolean;
  /** Print one JSON line instead of words. */
  readonly json: boolean;
}

export const defaultPort = 12_181;
const stripeMockPort = 12_111;

export const emulatorUsage = `keysmith emulator [--port N] [--data DIR | --in-memory] [--seed FILE] [--clock ISO] [--enforcement MODE]
                  [--stripe-mock] [--json]

  --port N            listen on 127.0.0.1:N; 0 takes a free port (default ${defaultPort})
  --data DIR          keep keys, objects and the request log in DIR
  --in-memory         keep nothing (default)
  --seed FILE         begin an empty store with the accounts and keys of FILE
  --clock ISO         set the emulator's clock, such as 2027-01-31T12:00:00Z; it goes on from there
  --enforcement MODE  enforce (default), audit: let everything through and log what would have been refused, or off
  --stripe-mock       stand in for stripe-mock: port ${stripeMockPort}, its usual key, its version header
  --json              print one line {"origin","dashboardToken","pid"} when it listens`;

const isTime = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text));

/** Reads the arguments behind `keysmith emulator`; a refusal is the sentence to print. */
export function parseEmulatorCommand(args: readonly string[]): Outcome<EmulatorCommand, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        'in-memory': { type: 'boolean' },
        seed: { type: 'string' },
        clock: { type: 'string' },
        enforcement: { type: 'string' },
        'stripe-mock': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const stripeMock = values['stripe-mock'];
    const port = values.port === undefined ? (stripeMock ? stripeMockPort : defaultPort) : Number(values.port);
    if (values.port === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      return refuse(`--port takes a whole number from 0 to 65535, not "${values.port}".`);
    }
    if (values.data !== undefined && values['in-memory']) return refuse('--data and --in-memory exclude each other.');
    if (values.clock !== undefined && !isTime(values.clock)) {
      return refuse(`--clock takes a time such as 2027-01-31T12:00:00Z, not "${values.clock}".`);
    }
    const enforcement = enforcements.find((known) => known === values.enforcement);
    if (values.enforcement !== undefined && !enforcement) {
      return refuse(`--enforcement takes ${enforcements.join(', ')}, not "${values.enforcement}".`);
    }
    const now = values.clock === undefined ? undefined : new Date(values.clock);
    return ok({ port, data: values.data, seed: values.seed, now, enforcement, stripeMock, json: values.json });
  } catch (error) {
    return refuse(messageOf(error));
  }
}
