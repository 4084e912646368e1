import { spawn, type ChildProcess } from 'node:child_process';
import { join, parse } from 'node:path';
import { env } from 'node:process';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import { gitEnvironment, pathOf } from './gitEnvironment.ts';
import { findGit } from './gitProgram.ts';

/**
 * What overrules the configuration that a repository brings: it may name programs for git to run, and files for it to read that have no
 * end. With `GIT_ALLOW_PROTOCOL` no object is fetched that is missing.
 */
const harmless: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.attributesFile': '/dev/null',
  'core.excludesFile': '/dev/null',
  'core.pager': 'cat',
  'core.askPass': '',
  'core.sshCommand': 'false',
  'core.gitProxy': '',
  'core.alternateRefsCommand': '',
  'core.editor': ':',
  'core.bigFileThreshold': '64m', // what is larger is not held in memory
  'core.commitGraph': 'false', // a file that may tell of other parents than the commits do
  'credential.helper': '',
  'diff.external': '',
  'diff.orderFile': '/dev/null',
  'diff.ignoreSubmodules': 'all',
  'fetch.bundleURI': '',
  'fetch.recurseSubmodules': 'false',
  'gpg.program': 'false',
  'log.showSignature': 'false',
  'log.showRoot': 'true',
  'log.mailmap': 'false',
  'mailmap.file': '/dev/null',
  'mailmap.blob': '',
  'color.ui': 'false',
  'color.diff': 'false',
  'i18n.logOutputEncoding': 'UTF-8',
  'protocol.allow': 'never',
  'safe.bareRepository': 'explicit',
  'submodule.recurse': 'false',
  'uploadpack.packObjectsHook': '',
};

export interface GitOptions {
  /** Git may tell which hooks the user has configured; no command that is run here runs any. */
  readonly asksForHooks?: boolean;
  /** How long git may keep silent before it is ended: what it opens may be a pipe into which nobody writes. */
  readonly silenceMs?: number;
}

const silentForLongMs = 120_000;
const silentForAnAnswerMs = 20_000;
/** More than any answer that is taken whole. */
const mostAnswerBytes = 256 * 1024 * 1024;

/**
 * Starts git: the one way in which it is called. Nothing that the repository names is run, and nothing is fetched. To be used in trusted
 * workspaces and by the command line only; where git cannot be found, or does not start, the child tells so by its `error`.
 */
export function spawnGit(
  folder: string,
  args: readonly string[],
  { asksForHooks = false, silenceMs = silentForLongMs }: GitOptions = {},
): ChildProcess {
  const within = workTreeOf(folder) ?? folder;
  // A path that is none: without one the system would look for the program itself, also in the current folder.
  const program = findGit(pathOf(env), within) ?? join(parse(process.execPath).root, 'git-not-found', 'git');
  const settings = asksForHooks ? harmless : { ...harmless, 'core.hooksPath': '/dev/null' };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program, ['--no-pager', '-C', folder, ...given, ...args], {
    env: gitEnvironment(env, within),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  child.stdin?.on('error', () => undefined); // git ended early: its status tells why
  endWhenSilent(child, silenceMs);
  return child;
}

/** Runs git to its end: its output, or the first line of what it complained about. */
export function runGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Outcome<Buffer, string>> {
  const child = spawnGit(folder, args, { silenceMs: silentForAnAnswerMs, ...options });
  const output: Buffer[] = [];
  let [length, complaint] = [0, ''];
  child.stdout?.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= mostAnswerBytes) output.push(chunk);
    else child.kill('SIGKILL');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < mostComplaint) complaint += text;
  });
  child.stdin?.end();
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(refuse(whyNotRun(error))));
    child.once('close', (code, signal) => {
      if (signal !== null) return resolve(refuse(`git ${args[0]} did not end, and was stopped`));
      resolve(
        code === 0 ? ok(Buffer.concat(output)) : refuse(firstLine(complaint) || `git ${args[0]} ended with ${code}`),
      );
    });
  });
}

const mostComplaint = 4096;

/** The first line of what git complained about. */
export const firstLine = (complaint: string): string => complaint.split('\n')[0]?.replace(/^fatal: /, '') ?? '';

/** What to say where git did not start. */
export const whyNotRun = (error: Error): string =>
  'code' in error && error.code === 'ENOENT'
    ? 'git was not found: install it, or add the folder it is in to PATH'
    : `git cannot be run: ${messageOf(error)}`;

/** The parts of output that git ended with NUL each. */
export const parts = (output: Buffer): string[] => output.toString('utf8').split('\0').slice(0, -1);

/** Ends git where nothing comes from it although everything that came has been taken. */
function endWhenSilent(child: ChildProcess, silenceMs: number): void {
  const { stdout, stdin } = child;
  let moved = -1;
  let silent = 0;
  const steps = 4;
  const watch = setInterval(() => {
    const now = bytes(stdout, 'bytesRead') + bytes(stdin, 'bytesWritten');
    const waits = (stdout?.readableLength ?? 0) === 0;
    silent = now === moved && waits ? silent + 1 : 0;
    moved = now;
    if (silent >= steps) child.kill('SIGKILL');
  }, silenceMs / steps).unref();
  child.once('close', () => clearInterval(watch));
  child.once('error', () => clearInterval(watch));
}

/** The pipes of a child are sockets, which count. */
function bytes(stream: object | null, count: 'bytesRead' | 'bytesWritten'): number {
  const found: unknown = stream === null ? 0 : Reflect.get(stream, count);
  return typeof found === 'number' ? found : 0;
}
