import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../shared/errors.ts';
import type { Outcome } from '../shared/result.ts';
import { ok, refuse } from '../shared/result.ts';
import { findEmulatorBy, isAlive } from './emulatorDiscovery.ts';

export interface WaitCommand {
  /** What `keysmith emulator --json` prints into. */
  readonly file: string;
  readonly seconds: number;
  /** The process that is to become the emulator. */
  readonly pid: number | undefined;
}

const usualSeconds = 30;
const mostSeconds = 3600;
const pauseMs = 50;

export const waitUsage = `keysmith wait FILE [--timeout SECONDS] [--pid PID]

  Waits until the emulator whose line of --json is in FILE answers, and prints its address.

  --timeout SECONDS  give up after so long (default: ${usualSeconds})
  --pid PID          give up as soon as that process has ended, such as the emulator that could not start

  Exit status: 0 it answers, 2 it does not.`;

/** Reads the arguments behind `keysmith wait`; a refusal is the sentence to print. */
export function parseWaitCommand(args: readonly string[]): Outcome<WaitCommand, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { timeout: { type: 'string', default: String(usualSeconds) }, pid: { type: 'string' } },
    });
    const [file = '', ...more] = positionals;
    if (file === '' || more.length > 0) return refuse('keysmith wait takes one file, which the emulator prints into.');
    const seconds = wholeNumber(values.timeout);
    if (seconds === undefined || seconds > mostSeconds)
      return refuse(`--timeout takes a whole number of seconds from 1 to ${mostSeconds}, not "${values.timeout}".`);
    const pid = values.pid === undefined ? undefined : wholeNumber(values.pid);
    if (values.pid !== undefined && pid === undefined)
      return refuse(`--pid takes the id of a process, not "${values.pid}".`);
    return ok({ file, seconds, pid });
  } catch (error) {
    return refuse(messageOf(error));
  }
}

const wholeNumber = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

/** The emulator's address once it answers and proves that it is the one of the file; a sentence where it does not in time. */
export async function runWait({ file, seconds, pid }: WaitCommand): Promise<Outcome<string, string>> {
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(pauseMs)) {
    const gone = pid !== undefined && !isAlive(pid); // asked first: what it has said before its end is still read
    const found = await findEmulatorBy(file);
    if (found) return ok(found.origin);
    if (gone)
      return refuse(`The emulator ended before it answered: process ${pid}. What it complained about stands above.`);
  }
  return refuse(
    `No emulator answered within ${seconds} ${seconds === 1 ? 'second' : 'seconds'} at the address that is to be in ${file}.`,
  );
}
