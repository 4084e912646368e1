import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ScanTask } from '../../../../src/leaks/scan/scanFile.ts';
import { ThreadPool } from '../../../../src/leaks/scan/threadPool.ts';
import { ScanThreads, type Takes } from '../../../../src/leaks/scan/scanThreads.ts';

describe('threads of a scan', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keysmith-threads-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const task = (...names: string[]): ScanTask => ({ folder: '/', path: '', names, part: 0 });

  /** What became of tasks whose threads are ended by every file whose name begins so. */
  async function run(deadly: string, tasks: readonly ScanTask[]): Promise<{ answered: string[]; lost: string[] }> {
    const program = join(folder, 'worker.mjs');
    writeFileSync(
      program,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ tasks }) => {
         for (const { names } of tasks) if (names.some((name) => name.startsWith('${deadly}'))) process.exit(1);
         parentPort.postMessage({ tally: { files: 0, bytes: 0, leaks: [], skipped: [] }, memories: [] });
       });`,
    );
    const answered: string[] = [];
    const lost: string[] = [];
    const names = (all: readonly ScanTask[]): string[] => all.flatMap((one) => one.names);
    const takes: Takes = {
      help: async (all) => void answered.push(...names(all)),
      answer: (all) => answered.push(...names(all)),
      lost: (all) => lost.push(...names(all)),
    };
    const threads = new ScanThreads({ excuses: true, most: 1_000_000 }, takes, new ThreadPool(pathToFileURL(program)));
    for (const one of tasks) await threads.scan([one]);
    await threads.drain();
    await threads.end();
    return { answered: answered.toSorted(), lost: lost.toSorted() };
  }

  it('answers every list once', async () => {
    const tasks = Array.from({ length: 200 }, (_, index) => task(`a${index}`, `b${index}`));
    const { answered, lost } = await run('none', tasks);
    assert.deepEqual(lost, []);
    assert.deepEqual(answered, tasks.flatMap(({ names }) => names).toSorted());
  });

  it('loses only the file that ends a thread', async () => {
    const { answered, lost } = await run('x', [task('a', 'x', 'b'), task('c', 'd')]);
    assert.deepEqual([answered, lost], [['a', 'b', 'c', 'd'], ['x']]);
  });

  it('comes to an end where every thread fails', async () => {
    const tasks = Array.from({ length: 100 }, (_, index) => task(`a${index}`, `b${index}`));
    const { answered, lost } = await run('', tasks);
    assert.equal(new Set([...answered, ...lost]).size, 200);
    assert.equal(answered.length + lost.length, 200);
    assert.ok(lost.length > 0);
  }).timeout(20_000);
});
