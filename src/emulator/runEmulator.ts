import type { EmulatorProblem, Result } from '../domain/problem.ts';
import type { Log } from '../shared/log.ts';
import type { EmulatorCommand } from './commandLine.ts';
import { startEmulator, type Emulator } from './emulator.ts';

/** Starts the emulator and stops it cleanly on SIGTERM, SIGINT, or when the process that forked this one goes away. */
export async function runEmulator(command: EmulatorCommand, log: Log): Promise<Result<Emulator, EmulatorProblem>> {
  let emulator: Emulator | undefined;
  const stop = (): void => {
    const stopping = emulator?.stop();
    emulator = undefined; // a second signal finds nothing left to stop
    void stopping?.finally(() => process.exit(0)); // a failed close must not keep the process alive
  };
  const started = await startEmulator({ port: command.port, data: command.data, log, onStopRequest: stop });
  if (!started.ok) return started;
  emulator = started.value;
  process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);
  return started;
}
