import { connect } from 'node:net';
import { messageOf } from '../../../src/shared/errors.ts';
import type { LoadJob, LoadReply, LoadResult } from './loadJob.ts';

/** A process of its own, so that what it measures does not wait for it: takes one job after another and answers each. */
process.on('message', (job: LoadJob) => {
  const answer = (reply: LoadReply): void => void process.send?.(reply);
  run(job).then(
    (result) => answer({ result }),
    (error: unknown) => answer({ failure: messageOf(error) }),
  );
});
process.once('disconnect', () => process.exit());

async function run(job: LoadJob): Promise<LoadResult> {
  const latencies: number[] = [];
  const idleBefore = performance.eventLoopUtilization();
  const started = performance.now();
  const until = started + job.milliseconds;
  await Promise.all(Array.from({ length: job.connections }, () => client(job, until, latencies)));
  const seconds = (performance.now() - started) / 1000;
  const { utilization } = performance.eventLoopUtilization(idleBefore);
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (part: number): number => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
  return { perSecond: sorted.length / seconds, median: at(0.5), p99: at(0.99), worst: at(1), busy: utilization };
}

/** One connection. Fails on any answer but a 200: a refusal would be quicker, and prove nothing. */
function client({ port, requests }: LoadJob, until: number, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    let sent = 0;
    const send = (): void => {
      received = '';
      sent = performance.now();
      socket.write(requests[Math.floor(Math.random() * requests.length)] ?? '', 'latin1');
    };
    socket.setEncoding('latin1');
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', resolve);
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!isWhole(received)) return;
      if (!received.startsWith('HTTP/1.1 200 ')) {
        socket.destroy(new Error(`Not a 200: ${received}`));
        return;
      }
      const now = performance.now();
      latencies.push(now - sent);
      if (now < until) send();
      else socket.end();
    });
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(answer)?.[1]);
  return answer.length >= end + 4 + length;
}
