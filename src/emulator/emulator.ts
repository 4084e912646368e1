import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { ok, refuse } from '../shared/result.ts';
import { apiPlane } from './api/handleApi.ts';
import { storeUnwritableMessage } from './apiErrors.data.ts';
import { dashboardError } from './dashboard/dashboardErrors.ts';
import { dashboardPlane, dashboardPrefix } from './dashboard/handleDashboard.ts';
import { keyRoutes } from './dashboard/keyRoutes.ts';
import { machineRoutes, type Machine } from './dashboard/machineRoutes.ts';
import { requestRoutes } from './dashboard/requestRoutes.ts';
import { awaitOwner, forgetDiscovery, writeDiscovery } from './discovery.ts';
import { EmulatorClock } from './emulatorClock.ts';
import type { Call, Reply } from './exchange.ts';
import { explanationPrefix, explanations } from './explanation.ts';
import { createHttpServer, type Patience } from './httpServer.ts';
import { close, host, listen } from './listening.ts';
import { randomText } from './random.ts';
import { defaultSeed } from './seed/defaultSeed.ts';
import { plantSeed } from './seed/plantSeed.ts';
import type { Seed } from './seed/seedFile.ts';
import type { Enforcement } from './store/settings.ts';
import { whyUnwritable } from './store/database.ts';
import { openRequestLog, type RequestLog } from './requestLog/requestLog.ts';
import { openStore, type Store } from './store/store.ts';
import { Strictness } from './strictness.ts';

export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder of the store; undefined keeps everything in memory. */
  readonly data: string | undefined;
  readonly log: Log;
  /** What a store without accounts begins with. */
  readonly seed?: Seed | undefined;
  /** Sets the emulator's clock; otherwise it goes on where it was. */
  readonly now?: Date | undefined;
  readonly enforcement?: Enforcement | undefined;
  /** Headers on every reply of the API plane. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** How long clients may take. */
  readonly patience?: Patience;
  /** Called when a client of the dashboard plane asks the emulator to end. */
  readonly onStopRequest?: () => void;
}

/** How often the secrets of keys that have ended since are looked for. */
const sweepEveryMs = 60_000;

export interface Emulator {
  /** `http://127.0.0.1:PORT`: the official CLI accepts this spelling only. */
  readonly origin: string;
  /** Opens the dashboard plane. */
  readonly dashboardToken: string;
  stop(): Promise<void>;
}

/** What the emulator remembers, and what it was asked. */
interface Memory {
  readonly store: Store;
  readonly requests: RequestLog;
}

/** Starts the emulator in this process. Nothing is left behind where it is refused. */
export async function startEmulator(options: EmulatorOptions): Promise<Result<Emulator, EmulatorProblem>> {
  const opened = await openFolder(options);
  if (!opened.ok) return opened;
  const { store } = opened.value;
  try {
    const started = await serve(opened.value, options);
    if (!started.ok) store.close();
    return started;
  } catch (error) {
    store.close();
    const why = whyUnwritable(error);
    if (why === undefined) throw error;
    return refuse({ kind: 'storeUnwritable', path: options.data ?? '', why });
  }
}

async function serve(memory: Memory, options: EmulatorOptions): Promise<Result<Emulator, EmulatorProblem>> {
  const { data, log, patience } = options;
  const dashboardToken = randomText(32);
  const clock = prepare(memory.store, options);
  const strictness = new Strictness(memory.store.settings, () => memory.store.changes.note());
  let origin = '';
  const machine = { clock, strictness, origin: () => origin };
  const server = createHttpServer(planes(memory, machine, dashboardToken, options), log, patience);
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;
  origin = `http://${host}:${listening.value}`;
  if (data) {
    try {
      await writeDiscovery(data, { origin, dashboardToken, pid: process.pid });
    } catch (error) {
      await close(server);
      return refuse({ kind: 'storeUnwritable', path: data, why: messageOf(error) });
    }
  }
  log.info(`Emulator listening on ${origin}`);
  const sweep = setInterval(() => {
    try {
      forgetEnded(memory.store, clock);
    } catch (error) {
      log.warn(`An expired key's secret is still in the store: ${messageOf(error)}`); // tried again at the next round
    }
  }, sweepEveryMs);
  return ok({
    origin,
    dashboardToken,
    stop: async () => {
      clearInterval(sweep);
      strictness.dispose();
      await close(server);
      await memory.requests.close();
      if (data) await forgetDiscovery(data, memory.store.changes.ending); // while the store is still ours, and so is the file
      memory.store.close();
    },
  });
}

async function openFolder({ data, log }: EmulatorOptions): Promise<Result<Memory, EmulatorProblem>> {
  if (!data) return openBoth(undefined, log);
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
  } catch (error) {
    return refuse({ kind: 'storeUnwritable', path: data, why: messageOf(error) });
  }
  const opened = openBoth(data, log);
  if (opened.ok) await forgetDiscovery(data, false); // of one that was killed
  if (opened.ok || opened.problem.kind !== 'storeInUse') return opened;
  const owner = await awaitOwner(data);
  return refuse({ ...opened.problem, origin: owner?.origin, pid: owner?.pid });
}

function openBoth(data: string | undefined, log: Log): Result<Memory, EmulatorProblem> {
  const store = openStore(data && join(data, 'emulator.db'), log);
  if (!store.ok) return store;
  const requests = openRequestLog(data && join(data, 'requests.db'), log);
  if (requests.ok) return ok({ store: store.value, requests: requests.value });
  store.value.close();
  return requests;
}

/** Brings the store to where this start wants it, and gives its clock. */
function prepare(store: Store, { seed = defaultSeed, now, enforcement }: EmulatorOptions): EmulatorClock {
  const clock = new EmulatorClock(systemClock, store.settings);
  if (now) clock.set(now);
  if (enforcement) store.settings.enforcement = enforcement;
  if (store.accounts.all().length === 0) plantSeed(store, seed, clock.now());
  forgetEnded(store, clock);
  return clock;
}

/** A live secret that may no longer be revealed is kept by nobody: not even by a store that nothing happens to. */
function forgetEnded(store: Store, clock: EmulatorClock): void {
  store.transaction(() => store.keys.forgetEnded(clock.now()));
}

/** The API and the dashboard over one store and one clock. */
function planes(
  { store, requests }: Memory,
  machine: Machine & { readonly origin: () => string },
  dashboardToken: string,
  { extraHeaders = {}, onStopRequest = () => undefined }: EmulatorOptions,
): (call: Call) => Reply | Promise<Reply> {
  const time = (): Date => machine.clock.now();
  const dashboard = dashboardPlane(
    [
      ...keyRoutes(store, time),
      ...requestRoutes(requests, store, time),
      ...machineRoutes(store, requests, machine, onStopRequest),
    ],
    dashboardToken,
  );
  const api = apiPlane({
    store,
    requests,
    now: time,
    strictness: machine.strictness,
    origin: machine.origin,
    extraHeaders,
  });
  const explain = explanations(requests);
  const manage = (call: Call): Reply | Promise<Reply> => {
    try {
      return call.method === 'GET' ? dashboard(call) : store.transaction(() => dashboard(call));
    } catch (error) {
      const why = whyUnwritable(error);
      if (why === undefined) throw error;
      return dashboardError(409, 'store_unwritable', storeUnwritableMessage(why));
    }
  };
  return (call) => {
    if (call.path.startsWith(`${dashboardPrefix}/`)) return manage(call);
    return call.path.startsWith(explanationPrefix) ? explain(call) : api(call);
  };
}
