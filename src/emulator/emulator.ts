import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { messageOf, systemCode } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { ok, refuse } from '../shared/result.ts';
import { apiPlane } from './api/handleApi.ts';
import { dashboardPlane, dashboardPrefix } from './dashboard/handleDashboard.ts';
import { forgetDiscovery, readDiscovery, writeDiscovery } from './discovery.ts';
import { createHttpServer } from './httpServer.ts';
import { randomText } from './random.ts';
import { seedStore } from './seed.ts';
import { openStore } from './store/store.ts';

export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder of the store; undefined keeps everything in memory. */
  readonly data: string | undefined;
  readonly log: Log;
  readonly clock?: Clock;
  /** Called when a client of the dashboard plane asks the emulator to end. */
  readonly onStopRequest?: () => void;
}

export interface Emulator {
  /** `http://127.0.0.1:PORT`: the official CLI accepts this spelling only. */
  readonly origin: string;
  /** Opens the dashboard plane. */
  readonly dashboardToken: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts the emulator in this process. Nothing is left behind where it is refused. */
export async function startEmulator(options: EmulatorOptions): Promise<Result<Emulator, EmulatorProblem>> {
  const { data, log, clock = systemClock, onStopRequest = () => undefined } = options;
  const prepared = prepareFolder(data);
  if (prepared) return refuse(prepared);
  const opened = openStore(data && join(data, 'emulator.db'));
  if (!opened.ok) {
    const { problem } = opened;
    const owner = problem.kind === 'storeInUse' && data ? await readDiscovery(data) : undefined;
    return refuse(owner ? { ...problem, origin: owner.origin, pid: owner.pid } : problem);
  }
  const store = opened.value;
  seedStore(store, clock());

  const dashboardToken = randomText(32);
  const dashboard = dashboardPlane(store, clock, dashboardToken, onStopRequest);
  const api = apiPlane(store, clock);
  const server = createHttpServer(
    (call) => (call.path.startsWith(`${dashboardPrefix}/`) ? dashboard(call) : api(call)),
    log,
  );
  const listening = await listen(server, options.port);
  if (!listening.ok) {
    store.close();
    return listening;
  }
  const origin = `http://${host}:${listening.value}`;
  if (data) await writeDiscovery(data, { origin, dashboardToken, pid: process.pid });
  log.info(`Emulator listening on ${origin}`);
  return ok({
    origin,
    dashboardToken,
    stop: async () => {
      await close(server);
      store.close();
      if (data) await forgetDiscovery(data);
    },
  });
}

function prepareFolder(data: string | undefined): EmulatorProblem | undefined {
  if (!data) return undefined;
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return undefined;
  } catch (error) {
    return { kind: 'storeUnwritable', path: data, why: messageOf(error) };
  }
}

async function listen(server: Server, port: number): Promise<Result<number, EmulatorProblem>> {
  try {
    await bind(server, port);
    return ok((server.address() as AddressInfo).port);
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE' && systemCode(error) !== 'EACCES') throw error;
    await bind(server, 0);
    const free = (server.address() as AddressInfo).port;
    await close(server);
    return refuse({ kind: 'portTaken', port, free });
  }
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
