import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmulatorProblem, Result } from '../domain/problem.ts';
import { systemCode } from '../shared/errors.ts';
import { ok, refuse } from '../shared/result.ts';

/** The emulator is for this machine only. */
export const host = '127.0.0.1';

/** Listens on a port and says which; where it is taken, or not ours to take, says which one is free. */
export async function listen(server: Server, port: number): Promise<Result<number, EmulatorProblem>> {
  try {
    return ok(await bind(server, port));
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE' && systemCode(error) !== 'EACCES') throw error;
    const free = await bind(server, 0);
    await close(server);
    return refuse({ kind: 'portTaken', port, free });
  }
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Ends a server with its connections. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
