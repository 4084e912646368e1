import type { ChildProcess } from 'node:child_process';
import { close, url } from 'node:inspector';
import { constants } from 'node:os';
import process from 'node:process';
import { isatty } from 'node:tty';
import { ownSystem } from '../shared/system.ts';

/** What can be caught and means something to a program; the others end a process, or are Node's own. */
const passed = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGCONT',
  'SIGTSTP',
  'SIGWINCH',
  'SIGIO',
  'SIGXCPU',
] as const satisfies readonly NodeJS.Signals[];
/** With these somebody wants an end, also where there is nothing yet to pass them to. */
const ending: ReadonlySet<NodeJS.Signals> = new Set(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGALRM', 'SIGXCPU']);
/** These a terminal sends by a key or for its size, to the child as well. */
const ofTerminal: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGWINCH']);

/**
 * Passes the signals that this process gets to its child. From the beginning: by itself Node takes SIGUSR1 for the wish to be looked into,
 * and what looks into this process sees the key.
 */
export class SignalRelay {
  readonly #fromTerminal = isatty(0);
  readonly #waiting: NodeJS.Signals[] = [];
  #child: ChildProcess | undefined;

  constructor() {
    for (const signal of passed) process.on(signal, this.#pass);
    closeInspector();
  }

  /** What came before there was a child is passed to it now. */
  begin(child: ChildProcess): void {
    this.#child = child;
    for (const signal of this.#waiting.splice(0)) child.kill(signal);
  }

  end(): void {
    for (const signal of passed) process.off(signal, this.#pass);
  }

  readonly #pass = (signal: NodeJS.Signals): void => {
    if (!this.#child) {
      if (!ending.has(signal)) this.#waiting.push(signal);
      else endBySignal(signal);
      return;
    }
    if (this.#fromTerminal && ofTerminal.has(signal)) {
      if (signal === 'SIGTSTP') process.kill(process.pid, 'SIGSTOP');
      return;
    }
    this.#child.kill(signal);
    if (signal === 'SIGTSTP') process.kill(process.pid, 'SIGSTOP');
  };
}

/** Shuts what lets others look into this process, whoever has opened it. */
export function closeInspector(): void {
  if (url() !== undefined) close();
}

/** By these a process would leave what it has in memory in a file. */
const dumping: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGSYS',
  'SIGXCPU',
]);

const nothing = (): void => undefined;

/** Ends this process as a signal does, so that who waits for it sees what ended the child. */
export function endBySignal(signal: NodeJS.Signals): void {
  const status = 128 + (constants.signals[signal] ?? 0);
  if (dumping.has(signal) || !ownSystem().signals) process.exit(status);
  process.removeAllListeners(signal);
  // Node ignores some signals until somebody has listened to them.
  if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') process.on(signal, nothing).off(signal, nothing);
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(status), 1000); // where the signal ends no process
}
