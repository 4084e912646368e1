import type { EmulatorProblem } from '../domain/problem.ts';

/** Why the emulator did not start, in words for a terminal: what happened and what to do. */
export function startError(problem: EmulatorProblem): string {
  switch (problem.kind) {
    case 'portTaken':
      return `Port ${problem.port} is in use. Port ${problem.free} is free: --port ${problem.free}`;
    case 'storeDamaged':
      return `The store is damaged and was left as it is; move it away to start afresh: ${problem.path}`;
    case 'storeNewer':
      return `The store was written by a newer Keysmith (version ${problem.found}, this one knows ${problem.known}) and was left as it is; update Keysmith: ${problem.path}`;
    case 'storeInUse':
      return `Another emulator has this store${problem.origin ? ` (process ${problem.pid} at ${problem.origin})` : ''}; use it, stop it, or choose another folder: ${problem.path}`;
    case 'storeUnwritable':
      return `The store cannot be written (${problem.why}); choose another folder with --data: ${problem.path}`;
    case 'seedInvalid':
      return `The seed file cannot be used (${problem.why}): ${problem.path}`;
    case 'emulatorCrashed':
      return `The emulator stopped unexpectedly: ${problem.why}`;
    case 'emulatorUnreachable':
      return `The emulator cannot be reached: ${problem.why}`;
    case 'emulatorStopped':
      return 'The emulator is not running.';
    default:
      return problem satisfies never;
  }
}
