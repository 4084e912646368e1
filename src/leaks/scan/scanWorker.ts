import { parentPort } from 'node:worker_threads';
import { scanFiles } from './scanFile.ts';
import { Tally } from './tally.ts';
import type { ListAnswer, ListMessage } from './threadPool.ts';

// A thread of scans: it takes lists of files and answers each with what became of them all.
parentPort?.on('message', ({ tasks, options }: ListMessage) => {
  const tally = new Tally();
  const memories = tasks.map((task) => {
    const scanning = scanFiles(task, options, tally);
    for (;;) {
      const step = scanning.next();
      if (step.done === true) return step.value;
    }
  });
  const answer: ListAnswer = { tally, memories };
  parentPort?.postMessage(answer);
});
