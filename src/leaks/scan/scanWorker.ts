import { parentPort, workerData } from 'node:worker_threads';
import { scanFiles, type ScanOptions, type ScanTask } from './scanFile.ts';
import type { ListAnswer } from './scanThreads.ts';
import { Tally } from './tally.ts';

// A thread of a scan: it takes lists of files and answers each with what became of them all.
const options = workerData as ScanOptions;
parentPort?.on('message', (tasks: readonly ScanTask[]) => {
  const tally = new Tally();
  const memories = tasks.map((task) => {
    const scanning = scanFiles(task, options, tally);
    for (;;) {
      const step = scanning.next();
      if (step.done === true) return step.value;
    }
  });
  const answer: ListAnswer = { tally, memories };
  parentPort?.postMessage(answer); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
});
