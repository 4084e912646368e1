import type { IgnoreMistake } from '../exclusions/ignoreRules.ts';
import { listFiles, type ListedFiles, type Listing } from './listFiles.ts';
import { Repositories } from './repositories.ts';
import { ScanCache } from './scanCache.ts';
import { scanFiles, type ScanOptions, type ScanTask } from './scanFile.ts';
import { mostBytes, type FileLeaks, type ScanRequest, type ScanResult } from './scanResult.ts';
import { ScanThreads, type Takes } from './scanThreads.ts';
import { Tally } from './tally.ts';
import { ThreadPool } from './threadPool.ts';
import { Turns } from './turns.ts';
import { unlessAborted } from './unlessAborted.ts';

/** How many files a thread is given at a time; fewer in all are not worth one, whose start takes as long. */
const listLength = 200;
const progressEveryMs = 100;

/**
 * Looks through files and folders. Nothing that happens to a file ends it; only its signal does.
 *
 * @param pool keeps the threads for the next scan; without one they end with this one
 */
export async function scan(request: ScanRequest, pool?: ThreadPool): Promise<ScanResult> {
  const { cache: cachePath, ignoreFiles = true, most = mostBytes, signal } = request;
  const started = performance.now();
  const cache = cachePath === undefined ? undefined : await ScanCache.open(cachePath);
  const listing: Listing = { skipped: [], excused: new Set(), mistakes: [], repositories: new Repositories() };
  const tally = new Tally();
  const tell = telling(tally, request);
  const options: ScanOptions = { excuses: ignoreFiles, most };
  const taskOf = (files: ListedFiles): ScanTask => (cache ? { ...files, remembered: cache.find(files) } : files);
  const takes: Takes = {
    help: (tasks) => scanHere(tasks, here),
    answer: (tasks, answer) => {
      tally.add(answer.tally);
      for (const [index, task] of tasks.entries()) cache?.remember(task, answer.memories[index]);
      tell();
    },
    lost: (tasks) => {
      for (const { folder, names } of tasks)
        for (const name of names) tally.skipped.push({ file: folder + name, why: 'the scan of it failed' });
    },
  };
  const remember: ScanHere['remember'] = (task, memory) => cache?.remember(task, memory);
  const here: ScanHere = { options, tell, tally, signal, remember, turns: new Turns() };
  const threadPool = pool ?? new ThreadPool();
  let threads: ScanThreads | undefined;
  try {
    let tasks: ScanTask[] = [];
    let waiting = 0;
    for await (const files of listFiles(request, listing)) {
      if (signal?.aborted) break;
      tasks.push(taskOf(files));
      waiting += files.names.length;
      if (waiting < listLength) continue;
      threads ??= new ScanThreads(options, takes, threadPool);
      await unlessAborted(threads.scan(tasks), signal, undefined);
      tasks = [];
      waiting = 0;
    }
    if (threads && !signal?.aborted) {
      await unlessAborted(threads.scan(tasks), signal, undefined);
      await unlessAborted(threads.drain(), signal, undefined);
    } else await scanHere(tasks, here);
  } finally {
    const ending = threads?.end().then(() => (pool ? undefined : threadPool.end()));
    if (!signal?.aborted) await ending; // a thread may be held up by a disk, which whoever cancels need not wait for
  }
  const cancelled = signal?.aborted ?? false;
  if (!cancelled) await cache?.save();
  return {
    files: withoutExcused(raised(tally.leaks, listing.repositories.tracked.environment), listing.excused),
    skipped: [...listing.skipped, ...tally.skipped],
    mistakes: once(listing.mistakes),
    scanned: tally.files,
    bytes: tally.bytes,
    binary: tally.binary,
    ms: performance.now() - started,
    cancelled,
  };
}

function telling(tally: Tally, { onProgress }: ScanRequest): () => void {
  let told = 0;
  return () => {
    const now = performance.now();
    if (!onProgress || now - told < progressEveryMs) return;
    told = now;
    onProgress({ files: tally.files, bytes: tally.bytes, leaks: tally.found });
  };
}

interface ScanHere {
  readonly options: ScanOptions;
  readonly remember: (task: ScanTask, memory: string | undefined) => void;
  readonly tell: () => void;
  readonly tally: Tally;
  readonly signal: AbortSignal | undefined;
  /** Of the whole scan: lists are shorter than a turn, and between them the threads' answers must be heard. */
  readonly turns: Turns;
}

/** Scans files in this thread. */
async function scanHere(
  tasks: readonly ScanTask[],
  { options, remember, tell, tally, signal, turns }: ScanHere,
): Promise<void> {
  for (const task of tasks) {
    const scanning = scanFiles(task, options, tally);
    for (let step = scanning.next(); ; step = scanning.next()) {
      if (signal?.aborted) return;
      if (step.done === true) {
        remember(task, step.value);
        break;
      }
      tell();
      await turns.rest();
    }
  }
}

/** The leaks with those in environment files that git has made grave: such a file is thought to stay on one machine. */
function raised(files: readonly FileLeaks[], environment: ReadonlySet<string>): FileLeaks[] {
  return files.map(({ file, leaks }) => {
    if (!environment.has(file)) return { file, leaks };
    return { file, leaks: leaks.map((one) => (one.severity === 'warning' ? { ...one, severity: 'error' } : one)) };
  });
}

/** The files with leaks that no ignore file excuses, by path. */
function withoutExcused(files: readonly FileLeaks[], excused: ReadonlySet<string>): FileLeaks[] {
  return files
    .map(({ file, leaks }) => ({ file, leaks: leaks.filter(({ fingerprint }) => !excused.has(fingerprint)) }))
    .filter(({ leaks }) => leaks.length > 0)
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

/** Roots of one repository have the ignore files above them in common. */
const once = (mistakes: readonly IgnoreMistake[]): IgnoreMistake[] => [
  ...new Map(mistakes.map((one) => [`${one.line} ${one.file}`, one])).values(),
];
