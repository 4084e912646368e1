import { fork, type ChildProcess } from 'node:child_process';
import * as z from 'zod';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import { Secret } from '../domain/secret.ts';
import type { Log } from '../shared/log.ts';
import { whatIsWrong } from '../shared/whatIsWrong.ts';
import { ok, refuse } from '../shared/result.ts';
import type { EmulatorAddress } from './dashboardCaller.ts';

export interface EmulatorProcessOptions {
  /** Path of the bundled `emulator.js`. */
  readonly program: string;
  readonly data: string;
  readonly port: number;
  /** Takes what the process has to say. */
  readonly log: Log;
  /** Called once when the process ends without having been asked to. */
  readonly onCrash: (why: string) => void;
}

/** A running emulator of our own. */
export interface EmulatorProcess extends EmulatorAddress {
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

const listeningSchema = z.object({ kind: z.literal('listening'), origin: z.string(), dashboardToken: z.string() });
const refusedSchema = z.object({
  kind: z.literal('refused'),
  problem: z.custom<EmulatorProblem>((value) => z.object({ kind: z.string() }).safeParse(value).success),
});
const logSchema = z.object({
  kind: z.literal('log'),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
});
const messageSchema = z.discriminatedUnion('kind', [listeningSchema, refusedSchema, logSchema]);

/** How long a stop may take before the process is killed. */
const stopTimeoutMs = 3000;

/** Forks the emulator and waits until it listens or says why it does not. */
export function forkEmulator(options: EmulatorProcessOptions): Promise<Result<EmulatorProcess, EmulatorProblem>> {
  const child = fork(options.program, ['--data', options.data, '--port', String(options.port)], {
    // In desktop VS Code the running executable is Electron; this makes it run as plain Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = collectStderr(child);
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });

  const stop = async (): Promise<void> => {
    stopping = true;
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  };

  return new Promise((resolve) => {
    let settled = false;
    const settle = (result: Result<EmulatorProcess, EmulatorProblem>): void => {
      settled = true;
      resolve(result);
    };
    child.on('message', (raw) => {
      const parsed = messageSchema.safeParse(raw);
      if (!parsed.success) {
        options.log.warn(`The emulator said what is not understood: ${whatIsWrong(parsed.error.issues, raw, 'it')}`);
        return;
      }
      const message = parsed.data;
      if (message.kind === 'log') return options.log[message.level](`Emulator: ${message.message}`);
      if (message.kind === 'refused') return settle(refuse(message.problem));
      settle(ok({ origin: message.origin, dashboardToken: new Secret(message.dashboardToken), stop }));
    });
    child.once('error', (error) => settle(refuse({ kind: 'emulatorCrashed', why: error.message })));
    child.once('close', (code, signal) => {
      const why = lastWords() || `exit ${signal ?? code}`;
      if (!settled) settle(refuse({ kind: 'emulatorCrashed', why }));
      else if (!stopping) options.onCrash(why);
    });
  });
}

/** The last line a failing process printed: its reason, without the stack. */
function collectStderr(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4000);
  });
  return () => /^\w*Error: .*$/m.exec(text)?.[0] ?? '';
}
