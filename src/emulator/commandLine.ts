import { parseArgs } from 'node:util';
import type { Outcome } from '../shared/result.ts';
import { messageOf } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';

export interface EmulatorCommand {
  readonly port: number;
  readonly data: string | undefined;
  /** Print one JSON line instead of words. */
  readonly json: boolean;
}

export const emulatorUsage = `keysmith emulator [--port N] [--data DIR | --in-memory] [--json]

  --port N      listen on 127.0.0.1:N; 0 takes a free port (default 12181)
  --data DIR    keep keys and objects in DIR
  --in-memory   keep nothing (default)
  --json        print one line {"origin","dashboardToken","pid"} when it listens`;

export const defaultPort = 12_181;

/** Reads the arguments behind `keysmith emulator`; a refusal is the sentence to print. */
export function parseEmulatorCommand(args: readonly string[]): Outcome<EmulatorCommand, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        'in-memory': { type: 'boolean' },
        json: { type: 'boolean', default: false },
      },
    });
    const port = values.port === undefined ? defaultPort : Number(values.port);
    if (values.port === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      return refuse(`--port takes a whole number from 0 to 65535, not "${values.port}".`);
    }
    if (values.data !== undefined && values['in-memory']) return refuse('--data and --in-memory exclude each other.');
    return ok({ port, data: values.data, json: values.json });
  } catch (error) {
    return refuse(messageOf(error));
  }
}
