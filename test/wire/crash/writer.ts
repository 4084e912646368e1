import assert from 'node:assert/strict';
import type { EmulatorProgram, Json } from '../emulatorProgram.ts';

/** A client that changes things that are its own, one after another, and remembers what was acknowledged. */
export interface Writer {
  readonly name: string;
  /** How many changes were acknowledged. */
  readonly acknowledged: number;
  /** Sends changes until the emulator is gone. */
  write(emulator: EmulatorProgram): Promise<void>;
  /** Finds every acknowledged change, and the one that was under way either whole or not at all. */
  check(emulator: EmulatorProgram): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly json: Json;
}

/** Awaits an answer; undefined where the emulator was killed before all of it came. */
export async function acknowledgement(sent: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await sent;
  } catch {
    return undefined;
  }
}

export function accepted({ status, json }: Answer): Json {
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

/** What a client sees of its things, by id; `new` stands for the id of one whose creation was not acknowledged. */
export type View = ReadonlyMap<string, string>;

/** Whether what is found is the state before the change that was under way, or the one after it; anything else fails. */
export function whichOf(found: View, before: View, after: View | undefined, what: string): 'before' | 'after' {
  const print = (view: View): string =>
    [...view]
      .map(([id, text]) => `${before.has(id) || after?.has(id) ? id : 'new'} ${text}`)
      .toSorted()
      .join('\n');
  if (print(found) === print(before)) return 'before';
  if (after && print(found) === print(after)) return 'after';
  return assert.fail(
    `${what}\nfound:\n${print(found)}\nacknowledged:\n${print(before)}\nor:\n${after && print(after)}`,
  );
}
