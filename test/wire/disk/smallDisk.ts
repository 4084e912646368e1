import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on a disk that can be filled up while an emulator works on it. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room; `pid` is the emulator's. */
  fill(pid: number): void;
  /** `pid`: undefined when no emulator runs. */
  makeRoom(pid?: number): void;
  remove(): void;
}

export interface DiskKind {
  readonly name: string;
  /** Why it cannot be had on this machine, or undefined. */
  readonly missing: () => string | undefined;
  readonly make: () => SmallDisk;
}

const run = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
export const hasPrlimit = run('prlimit', '--version');
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'keysmith-disk-'));

function limit(pid: number, bytes: string): void {
  if (!run('prlimit', '--pid', String(pid), `--fsize=${bytes}:`)) throw new Error('prlimit failed');
}

/** No file of the emulator's may grow: writing ends with EFBIG. */
const sizeLimit: DiskKind = {
  name: 'files that may not grow',
  missing: () => (hasPrlimit ? undefined : 'there is no prlimit'),
  make() {
    const folder = newFolder();
    return {
      folder,
      fill(pid) {
        // The request log's files may be larger, and would leave the store's room.
        const files = readdirSync(folder).filter((name) => name.startsWith('emulator.db'));
        const sizes = files.map((name) => statSync(join(folder, name)).size);
        limit(pid, String(Math.max(...sizes)));
      },
      makeRoom: (pid) => pid !== undefined && limit(pid, 'unlimited'),
      remove: () => rmSync(folder, { recursive: true }),
    };
  },
};

/** A file system of 4 MB that another file fills: writing ends with ENOSPC. */
const fullDisk: DiskKind = {
  name: 'a disk without room',
  missing() {
    const folder = newFolder();
    const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder) && run('umount', folder);
    rmSync(folder, { recursive: true });
    return mounted ? undefined : 'only root may mount a file system';
  },
  make() {
    const folder = newFolder();
    if (!run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder)) throw new Error('mount failed');
    const filler = join(folder, 'filler');
    return {
      folder,
      fill() {
        const chunk = Buffer.alloc(4096);
        for (let whole = true; whole;) {
          try {
            writeFileSync(filler, chunk, { flag: 'a' });
          } catch {
            whole = false; // full now
          }
        }
      },
      makeRoom: () => rmSync(filler),
      remove() {
        run('umount', folder);
        rmSync(folder, { recursive: true });
      },
    };
  },
};

export const diskKinds = [sizeLimit, fullDisk] as const;

/** Makes a folder that cannot be written, even by root; undefined where that cannot be done here. */
export function readOnlyFolder(folder: string): { readonly undo: () => void } | undefined {
  if (process.getuid?.() !== 0) {
    if (!run('chmod', '-R', 'a-w', folder)) return undefined;
    return { undo: () => void run('chmod', '-R', 'u+w', folder) };
  }
  if (!run('mount', '--bind', folder, folder)) return undefined;
  const undo = (): void => void run('umount', folder);
  if (run('mount', '-o', 'remount,ro,bind', folder)) return { undo };
  undo();
  return undefined;
}
