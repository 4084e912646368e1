import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { systemCode } from '../shared/errors.ts';
import { askKey, type AskProblem } from './askKey.ts';
import { nonceVariable, socketVariable } from './protocol.ts';
import type { RunCommand } from './runArguments.ts';
import { Scrubber } from './scrubber.ts';

/** How a run ended: as the child did, or with a sentence where there was none. */
export type RunEnd =
  | { readonly code: number; readonly signal?: undefined; readonly problem?: string }
  | { readonly signal: NodeJS.Signals };

/** As `env` and `docker run` have it: none of these is the child's own. */
const noKey = 125;
const notRunnable = 126;
const notFound = 127;

/** Runs a command with a key of the editor in its environment; what it prints comes out without the key. */
export async function runWithKey(command: RunCommand): Promise<RunEnd> {
  const { [socketVariable]: address, [nonceVariable]: nonce } = process.env;
  if (!address || !nonce)
    return {
      code: noKey,
      problem: `there is no editor here: run this in a terminal of an editor with Keysmith (${socketVariable} is not set).`,
    };
  const asked = [command.program, ...command.args].join(' ').slice(0, 1000);
  const given = await askKey({ address, nonce, key: command.key, command: asked });
  if (!given.ok) return { code: noKey, problem: sentence(given.problem, command.key) };

  const { secret } = given.value;
  const child = spawn(command.program, [...command.args], {
    env: { ...inherited(), ...Object.fromEntries(command.variables.map((name) => [name, secret.reveal()])) },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  const unforward = forwardSignals((signal) => child.kill(signal));
  try {
    const [[code, signal]] = await Promise.all([
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
      forward(child.stdout, process.stdout, new Scrubber(secret)),
      forward(child.stderr, process.stderr, new Scrubber(secret)),
    ]);
    return signal === null ? { code: code ?? notRunnable } : { signal };
  } catch (error) {
    return systemCode(error) === 'ENOENT'
      ? { code: notFound, problem: `there is no command "${command.program}".` }
      : { code: notRunnable, problem: `"${command.program}" could not be started (${systemCode(error) ?? 'error'}).` };
  } finally {
    unforward();
    given.value.done();
  }
}

/** The environment without what makes the editor's own program act as Node: that is for this process only. */
function inherited(): NodeJS.ProcessEnv {
  if (!('electron' in process.versions)) return process.env;
  const { ELECTRON_RUN_AS_NODE: _ours, ...rest } = process.env;
  return rest;
}

async function forward(from: Readable, to: Writable, scrubber: Scrubber): Promise<void> {
  let open = true;
  const shut = (): void => {
    open = false;
    from.destroy(); // who reads has gone, as in `| head`: the child is told by a broken pipe
  };
  to.on('error', shut);
  const write = async (bytes: Buffer): Promise<void> => {
    if (open && bytes.length > 0) await new Promise<void>((resolve) => to.write(bytes, () => resolve()));
  };
  try {
    for await (const chunk of from) await write(scrubber.push(chunk as Buffer));
  } catch (error) {
    if (open) throw error;
  }
  await write(scrubber.end());
}

/** A signal to this process goes to the child. What a terminal sends with a key goes to both by itself. */
function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const fromTerminal = process.stdin.isTTY;
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;
  const pass = (signal: NodeJS.Signals): void => {
    if (!(fromTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT'))) send(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

function sentence(problem: AskProblem, key: string): string {
  if (problem.kind === 'windowGone')
    return 'the editor window of this terminal has gone, or was loaded again: open a new terminal.';
  const { why, says } = problem;
  switch (why) {
    case 'nonce':
      return 'the editor does not know this terminal any more: open a new one.';
    case 'malformed':
      return 'the editor did not understand: is another version of Keysmith installed there?';
    case 'untrusted':
      return 'the workspace is not trusted, so no key is given.';
    case 'unknown':
      return `there is no key "${key}" in the vault or the service that is connected.`;
    case 'ambiguous':
      return `several keys are called "${key}": give the id of one. ${says}`.trim();
    case 'cancelled':
      return `the key "${key}" was refused in the editor.`;
    case 'refused':
      return says || `the key "${key}" was not given.`;
    default:
      return why satisfies never;
  }
}
