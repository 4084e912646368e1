import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../store/database.ts';
import type { LogOrder } from './logMessages.ts';
import { RequestLogger } from './requestLogger.ts';
import { requestSchema } from './requestSchema.ts';

// The thread that writes the request log, so that no client waits for it. Its data is the file's path, undefined for memory.
const opened = openDatabase(workerData as string | undefined, requestSchema);
if (!opened.ok) throw new Error(`The request log does not open: ${opened.problem.kind}`);
const logger = new RequestLogger(opened.value, (report) => parentPort?.postMessage(report));
parentPort?.on('message', (order: LogOrder) => {
  logger.carryOut(order);
  if (order.kind === 'close') parentPort?.close();
});
