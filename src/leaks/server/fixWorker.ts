import { parentPort } from 'node:worker_threads';
import { fixesHere } from '../fixes/fixes.ts';
import type { FixMessage, FixReply } from './fixThread.ts';

// A thread that parses: what a hostile file does to a parser, it does to this alone.
const fixes = fixesHere();

async function answer({ ask }: FixMessage): Promise<FixReply> {
  if (ask.method === 'variable') return await fixes.variable(ask.given);
  return ask.method === 'ignoreLine' ? await fixes.ignoreLine(ask.given) : await fixes.ignoreFile(ask.given);
}

parentPort?.on('message', (message: FixMessage) => {
  // A parser that failed may be in any state: the thread ends with it, and the next question gets a new one.
  void answer(message).then(
    (reply) => parentPort?.postMessage(reply),
    () => process.exit(1),
  );
});
