import { join } from 'node:path';
import { throwawayFolder } from '../host/throwawayFolder.ts';
import { startProgram } from '../wire/emulatorProgram.ts';
import { startStore, type BenchStore } from './load/benchStore.ts';
import { compare, median, type Target } from './load/compare.ts';
import type { LoadResult } from './load/loadJob.ts';
import { startBareServer, startGenerator } from './load/programs.ts';

type Log = (line: string) => void;

const experiments = [
  { name: 'GET /v1/customers/:id', sends: 'reads', keys: [10, 1000, 10_000], connections: [1, 16, 64] },
  { name: 'POST /v1/customers', sends: 'writes', keys: [1000], connections: [16] },
] as const;
const rounds = { count: 5, milliseconds: 1000 };
const starts = 7;

/**
 * How fast the emulator answers, beside a bare `node:http` server that answers the same text to every request. Every emulator has its
 * store on disk and its request log on. Goals: a third of the bare server's throughput; 99 of 100 answers within 5 ms at 64 connections.
 */
export async function bench(log: Log): Promise<void> {
  await using cleanup = new AsyncDisposableStack();
  const { path } = cleanup.use(await throwawayFolder());
  const stores: BenchStore[] = [];
  for (const keys of experiments[0].keys) stores.push(cleanup.use(await startStore(join(path, String(keys)), keys)));
  const bare = cleanup.use(await startBareServer(stores[0]?.answer ?? ''));
  const generator = cleanup.use(startGenerator());

  for (const { name, sends, keys, connections } of experiments) {
    const measured = stores.filter((store) => keys.some((count) => count === store.keys));
    const targets: Target[] = [
      { name: 'bare', port: bare.port, requests: stores[0]?.[sends] ?? [] },
      ...measured.map((store) => ({ name: `${store.keys} keys`, port: store.port, requests: store[sends] })),
    ];
    log(`${name}, medians of ${rounds.count} rounds of ${rounds.milliseconds / 1000} s`);
    log(heading);
    await compare(generator, targets, 16, { ...rounds, count: 1 }); // warms them up
    for (const count of connections) {
      const results = await compare(generator, targets, count, rounds);
      for (const [index, result] of results.entries()) log(row(count, targets[index]?.name ?? '', result, results[0]));
    }
    log('');
  }

  log(`start, from spawn to the line that says it listens: in memory ${times(await startTimes(startInMemory))}`);
  const fullest = stores.at(-1);
  if (fullest) {
    const restarts = await startTimes(() => fullest.restart());
    log(`start on a store of ${fullest.keys} keys and a full request log: ${times(restarts)}`);
  }
}

const columns = [11, 11, 10, 8, 8, 8, 9, 15] as const;
const line = (cells: readonly string[]): string =>
  cells.map((cell, index) => cell.padStart(columns[index] ?? 0)).join(' ');

const heading = line([
  'connections',
  'server',
  'requests/s',
  'of bare',
  'p50 ms',
  'p99 ms',
  'worst ms',
  'generator busy',
]);

function row(connections: number, server: string, result: LoadResult, bare: LoadResult | undefined): string {
  const { perSecond, median: half, p99, worst, busy } = result;
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  return line([
    String(connections),
    server,
    perSecond.toFixed(0),
    percent(perSecond / (bare?.perSecond ?? Number.NaN)),
    half.toFixed(2),
    p99.toFixed(2),
    worst.toFixed(1),
    percent(busy),
  ]);
}

async function startInMemory(): Promise<number> {
  const started = performance.now();
  const program = await startProgram();
  const took = performance.now() - started;
  await program.stop();
  return took;
}

async function startTimes(start: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let count = 0; count < starts; count += 1) all.push(await start());
  return all;
}

function times(all: readonly number[]): string {
  return `median ${median(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms of ${all.length}`;
}

if (import.meta.main) await bench((text) => console.log(text));
