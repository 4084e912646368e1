import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startProcess, untilReady } from './backgroundProcess.ts';

export interface VirtualDisplay extends AsyncDisposable {
  /** Value for `DISPLAY`, like `:99`. */
  readonly name: string;
}

/** True where a window can be opened: always but on Linux, there with X or Wayland. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

export function canStartVirtualDisplay(): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'Xvfb'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts an X server without a screen (Debian's package `xvfb`). Throws when it does not start within 10 s. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const ready = /^(\d+)\n/m; // with -displayfd it picks a free number and writes it
  const args = ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = startProcess('Xvfb', args, { cwd: '/', env: process.env });
  await untilReady(server, 'Xvfb', ready, 10_000);
  return { name: `:${ready.exec(server.logs())?.[1]}`, [Symbol.asyncDispose]: () => server.stop() };
}
