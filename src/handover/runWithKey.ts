import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import type { Secret } from '../domain/secret.ts';
import { systemCode } from '../shared/errors.ts';
import { askKeys, type AskProblem, type GivenKeys } from './askKeys.ts';
import { environmentSecrets } from './environmentSecrets.ts';
import { launcherVariable } from './launcherVariable.ts';
import { openOutputPipes } from './outputPipes.ts';
import { nonceVariable, socketVariable } from './protocol.ts';
import type { RunCommand } from './runArguments.ts';
import { Scrubber } from './scrubber.ts';
import { closeInspector, endBySignal, SignalRelay } from './signalRelay.ts';

/** How a run ended: as the child did, or with a sentence where there was none. */
export type RunEnd =
  | { readonly code: number; readonly signal?: undefined; readonly problem?: string }
  | { readonly signal: NodeJS.Signals };

/** As `env` and `docker run` have it: none of these is the child's own. */
const noKey = 125;
const notRunnable = 126;
const notFound = 127;

/** Runs a command with keys of the editor in its environment; what it prints comes out without them. */
export async function runWithKey(command: RunCommand): Promise<RunEnd> {
  const relay = new SignalRelay();
  try {
    return await runRelayed(command, relay);
  } finally {
    relay.end();
  }
}

/** Ends this process as the run did. */
export function endLike(end: RunEnd): void {
  if (end.signal === undefined) process.exit(end.code);
  endBySignal(end.signal);
}

async function runRelayed(command: RunCommand, relay: SignalRelay): Promise<RunEnd> {
  const { [socketVariable]: address, [nonceVariable]: nonce } = process.env;
  if (!address || !nonce)
    return {
      code: noKey,
      problem: `there is no editor here: run this in a terminal of an editor with Keysmith (${socketVariable} is not set).`,
    };
  const words = [command.program, ...command.args] as const;
  const given = await askKeys({ address, nonce, keys: command.keys, command: words });
  closeInspector();
  if (!given.ok) return { code: noKey, problem: sentence(given.problem, command) };
  try {
    return await runChild(command, given.value, relay);
  } catch (error) {
    return systemCode(error) === 'ENOENT'
      ? { code: notFound, problem: `there is no command "${command.program}".` }
      : { code: notRunnable, problem: `"${command.program}" could not be started (${systemCode(error) ?? 'error'}).` };
  } finally {
    given.value.done();
  }
}

async function runChild({ program, args }: RunCommand, { keys, base }: GivenKeys, relay: SignalRelay): Promise<RunEnd> {
  const env = {
    ...inherited(),
    ...(base === undefined ? {} : { STRIPE_API_BASE: base }),
    ...Object.fromEntries(keys.map(({ variable, secret }) => [variable, secret.reveal()])),
  };
  const covered: readonly Secret[] = [...keys.map(({ secret }) => secret), ...environmentSecrets(env)];
  const { stdout, stderr, started } = openOutputPipes();
  const child = spawn(program, [...args], { env, stdio: ['inherit', stdout.end, stderr.end] });
  started();
  relay.begin(child);
  const [[code, signal]] = await Promise.all([
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    forward(stdout.output ?? child.stdout, process.stdout, new Scrubber(...covered)),
    forward(stderr.output ?? child.stderr, process.stderr, new Scrubber(...covered)),
  ]);
  return signal === null ? { code: code ?? notRunnable } : { signal };
}

/** What is for this process only: what makes the editor's own program act as Node, and what opens the editor's socket. */
const ours = new Set<string>([socketVariable, nonceVariable, launcherVariable]);

function inherited(): NodeJS.ProcessEnv {
  const electron = 'electron' in process.versions;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.has(name) && !(electron && name === 'ELECTRON_RUN_AS_NODE')),
  );
}

async function forward(from: Readable | null, to: Writable, scrubber: Scrubber): Promise<void> {
  if (!from) return;
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

function sentence(problem: AskProblem, { keys }: RunCommand): string {
  if (problem.kind === 'windowGone') return 'the editor window of this terminal has gone: open a new terminal.';
  if (problem.kind === 'notOurs')
    return `the folder of the editor's socket can be written to by others, so nothing is asked there: open a new terminal.`;
  const { why, says } = problem;
  switch (why) {
    case 'nonce':
      return 'the editor does not know this terminal any more: open a new one.';
    case 'malformed':
      return 'the editor did not understand: is another version of Keysmith installed there? Reload its window.';
    case 'untrusted':
      return 'the workspace is not trusted, so no key is given.';
    case 'unknown':
      return `there is no key ${quoted(says, keys)} in the vault or the service that is connected.`;
    case 'ambiguous':
      return `several keys are called ${quoted('', keys)}: give the id of one. ${says}`.trim();
    case 'notChosen':
      return `no key is chosen for ${says || 'this workspace'}: name one with --key, or use "Keysmith: Choose Keys for This Workspace".`;
    case 'cancelled':
      return `${wordsOf(keys)} refused in the editor.`;
    case 'refused':
      return says || `${wordsOf(keys)} not given.`;
    default:
      return why satisfies never;
  }
}

/** The name that the editor says it is about; a single one is known anyway. */
function quoted(says: string, keys: RunCommand['keys']): string {
  const named = [...new Set(keys.flatMap(({ key }) => key ?? []))];
  const [only] = named;
  return says || (named.length === 1 && only !== undefined) ? `"${says || only}"` : 'of these names';
}

function wordsOf(keys: RunCommand['keys']): string {
  const named = [...new Set(keys.flatMap(({ key }) => key ?? []))];
  if (named.length === 0) return 'the chosen keys were';
  return named.length === 1
    ? `the key "${named[0]}" was`
    : `the keys ${named.map((key) => `"${key}"`).join(', ')} were`;
}
