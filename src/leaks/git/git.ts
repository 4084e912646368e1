import { spawn, type ChildProcess } from 'node:child_process';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';

/** Optional locks are left alone: a scan must not get in the way of the person's own git. */
const environment = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };

/** A repository may name a program for git to run here; nothing of a workspace is executed. */
const harmless = ['-c', 'core.fsmonitor=false'];

export function spawnGit(folder: string, args: readonly string[]): ChildProcess {
  return spawn('git', ['-C', folder, ...harmless, ...args], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs git to its end: its output, or the first line of what it complained about. */
export function runGit(folder: string, args: readonly string[]): Promise<Outcome<Buffer, string>> {
  const child = spawnGit(folder, args);
  const output: Buffer[] = [];
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdin?.end();
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(refuse(`git cannot be run: ${messageOf(error)}`)));
    child.once('close', (code) => {
      const why = complaint.split('\n')[0]?.replace(/^fatal: /, '');
      resolve(code === 0 ? ok(Buffer.concat(output)) : refuse(why || `git ${args[0]} ended with ${code}`));
    });
  });
}

/** The parts of output that git ended with NUL each. */
export const parts = (output: Buffer): string[] => output.toString('utf8').split('\0').slice(0, -1);
