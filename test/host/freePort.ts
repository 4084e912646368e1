import { systemCode } from '../../src/shared/errors.ts';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A TCP port on 127.0.0.1 that is free now: the first from `preferred` on, or one the system picks where that is 0. */
export async function freePort(preferred = 0): Promise<number> {
  for (let port = preferred; ; port += 1) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
}

/** Undefined where it is taken. Throws where it may not be used at all, as past 65535. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error;
    return undefined;
  } finally {
    server.close();
  }
}
