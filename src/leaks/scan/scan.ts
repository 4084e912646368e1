import { listFiles, type ListedFiles, type Listing } from './listFiles.ts';
import { ScanCache } from './scanCache.ts';
import { scanFiles, type ScanOptions, type ScanOutcome, type ScanTask } from './scanFile.ts';
import type { FileLeaks, ScanRequest, ScanResult } from './scanResult.ts';
import { ScanThreads } from './scanThreads.ts';
import { Tally } from './tally.ts';
import { Turns } from './turns.ts';

/** How many files a thread is given at a time; fewer in all are not worth one, whose start takes as long. */
const listLength = 200;
const progressEveryMs = 100;

/** Looks through files and folders. Nothing that happens to a file ends it; only its signal does. */
export async function scan(request: ScanRequest): Promise<ScanResult> {
  const { cache: cachePath, ignoreFiles = true, signal } = request;
  const started = performance.now();
  const cache = cachePath === undefined ? undefined : await ScanCache.open(cachePath, ignoreFiles);
  const listing: Listing = { skipped: [], excused: new Set() };
  const tally = new Tally();
  const take = telling(tally, request);
  const options: ScanOptions = { excuses: ignoreFiles };
  const taskOf = (files: ListedFiles): ScanTask =>
    cache ? { ...files, remembered: files.names.map((name) => cache.find(files.folder + name)) } : files;
  let threads: ScanThreads | undefined;
  try {
    let tasks: ScanTask[] = [];
    let waiting = 0;
    for await (const files of listFiles(request, listing)) {
      for (const part of inParts(files)) {
        tasks.push(taskOf(part));
        waiting += part.names.length;
        if (waiting < listLength) continue;
        threads ??= new ScanThreads(options, take);
        await untilAborted(threads.scan(tasks), signal);
        tasks = [];
        waiting = 0;
      }
    }
    if (threads && !signal?.aborted) {
      await untilAborted(threads.scan(tasks), signal);
      await untilAborted(threads.drain(), signal);
    } else await scanHere(tasks, take, options, signal);
  } finally {
    await threads?.end();
  }
  const cancelled = signal?.aborted ?? false;
  if (!cancelled) await cache?.save(tally.remember);
  return {
    files: unexcused(tally.leaks, listing.excused),
    skipped: [...listing.skipped, ...tally.skipped],
    scanned: tally.files,
    bytes: tally.bytes,
    ms: performance.now() - started,
    cancelled,
  };
}

/** A large folder in lists that can go to several threads. */
function* inParts({ folder, path, names }: ListedFiles): Generator<ListedFiles> {
  for (let at = 0; at < names.length; at += listLength) yield { folder, path, names: names.slice(at, at + listLength) };
}

function telling(tally: Tally, { onProgress }: ScanRequest): (outcome: ScanOutcome) => void {
  let told = 0;
  return (outcome) => {
    tally.add(outcome);
    const now = performance.now();
    if (!onProgress || now - told < progressEveryMs) return;
    told = now;
    const leaks = tally.leaks.reduce((sum, file) => sum + file.leaks.length, 0);
    onProgress({ files: tally.files, bytes: tally.bytes, leaks });
  };
}

async function scanHere(
  tasks: readonly ScanTask[],
  take: (outcome: ScanOutcome) => void,
  options: ScanOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const turns = new Turns();
  for (const task of tasks) {
    for (const outcome of scanFiles(task, options)) {
      take(outcome);
      const resting = turns.rest();
      if (resting) await resting;
      if (signal?.aborted) return;
    }
  }
}

async function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<void>();
  const abort = (): void => aborted.resolve();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  await Promise.race([work, aborted.promise]);
  signal.removeEventListener('abort', abort);
}

/** The files with leaks that no ignore file excuses, by path. */
function unexcused(files: readonly FileLeaks[], excused: ReadonlySet<string>): FileLeaks[] {
  return files
    .map(({ file, leaks }) => ({ file, leaks: leaks.filter(({ fingerprint }) => !excused.has(fingerprint)) }))
    .filter(({ leaks }) => leaks.length > 0)
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
}
