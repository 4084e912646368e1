import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadJob, LoadReply, LoadResult } from './loadJob.ts';

export interface LoadGenerator extends AsyncDisposable {
  run(job: LoadJob): Promise<LoadResult>;
}

export function startGenerator(): LoadGenerator {
  const { send, receive, end } = start('generator.ts');
  return {
    async run(job) {
      send(job);
      const reply = (await receive()) as LoadReply;
      if ('failure' in reply) throw new Error(reply.failure);
      return reply.result;
    },
    [Symbol.asyncDispose]: end,
  };
}

/** A bare server that answers `text`. */
export async function startBareServer(text: string): Promise<AsyncDisposable & { readonly port: number }> {
  const { receive, end } = start('bareServer.ts', text);
  return { port: Number(await receive()), [Symbol.asyncDispose]: end };
}

interface Program {
  readonly send: (job: LoadJob) => void;
  /** The next thing it sends; fails where it ends first. */
  readonly receive: () => Promise<unknown>;
  readonly end: () => Promise<void>;
}

/** Starts a program of this folder; it ends when this process does. */
function start(file: string, ...args: string[]): Program {
  const child = fork(join(import.meta.dirname, file), args);
  const ended = new AbortController();
  const exit = once(child, 'exit');
  void exit.finally(() => ended.abort()); // only an `error` event rejects it, and the bench then fails where it waits
  return {
    send: (job) => void child.send(job),
    async receive() {
      const [received] = await once(child, 'message', { signal: ended.signal });
      return received;
    },
    async end() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
