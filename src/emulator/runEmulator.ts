import { readFile } from 'node:fs/promises';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { ok, refuse } from '../shared/result.ts';
import type { EmulatorCommand } from './commandLine.ts';
import { startEmulator, type Emulator } from './emulator.ts';
import { readSeed, type Seed } from './seed/seedFile.ts';
import { stripeMockHeaders, withStripeMockKey } from './stripeMock.ts';

/** Starts the emulator and stops it cleanly on SIGTERM, SIGINT, or when the process that forked this one goes away. */
export async function runEmulator(command: EmulatorCommand, log: Log): Promise<Result<Emulator, EmulatorProblem>> {
  const seed = command.seed === undefined ? ok(undefined) : await loadSeed(command.seed);
  if (!seed.ok) return seed;
  let emulator: Emulator | undefined;
  const stop = (): void => {
    const stopping = emulator?.stop();
    emulator = undefined; // a second signal finds nothing left to stop
    void stopping?.finally(() => process.exit(0)); // a failed close must not keep the process alive
  };
  const { port, data, now, enforcement, stripeMock } = command;
  const started = await startEmulator({
    port,
    data,
    log,
    now,
    enforcement,
    seed: stripeMock ? withStripeMockKey(seed.value) : seed.value,
    extraHeaders: stripeMock ? stripeMockHeaders : {},
    onStopRequest: stop,
  });
  if (!started.ok) return started;
  emulator = started.value;
  process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);
  return started;
}

async function loadSeed(path: string): Promise<Result<Seed, EmulatorProblem>> {
  try {
    const seed = readSeed(JSON.parse(await readFile(path, 'utf8')));
    return seed.ok ? seed : refuse({ kind: 'seedInvalid', path, why: seed.problem });
  } catch (error) {
    // A parser's message quotes the file, which may hold tokens.
    return refuse({
      kind: 'seedInvalid',
      path,
      why: error instanceof SyntaxError ? 'it is not valid JSON' : messageOf(error),
    });
  }
}
