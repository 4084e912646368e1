import { parentPort, workerData } from 'node:worker_threads';
import { scanFiles, type ScanOptions, type ScanTask } from './scanFile.ts';
import { Tally } from './tally.ts';

// A thread of a scan: it takes lists of files and answers each with what became of them all.
const options = workerData as ScanOptions;
parentPort?.on('message', (tasks: readonly ScanTask[]) => {
  const tally = new Tally();
  for (const task of tasks) for (const outcome of scanFiles(task, options)) tally.add(outcome);
  parentPort?.postMessage(tally); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
});
