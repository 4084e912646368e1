import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../../src/shared/log.ts';
import { openStore, type Store } from '../../../src/emulator/store/store.ts';

/** A store in a folder of its own. */
export class StoreFolder {
  readonly path = join(mkdtempSync(join(tmpdir(), 'keysmith-store-')), 'emulator.db');
  #open: Store | undefined;

  open(log?: Log): Store {
    this.close();
    const opened = openStore(this.path, log);
    assert.ok(opened.ok);
    this.#open = opened.value;
    return opened.value;
  }

  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  /** The files of the store in which a text stands. */
  filesWith(text: string): string[] {
    return ['', '-wal', '-shm', '-journal'].filter(
      (suffix) => existsSync(this.path + suffix) && readFileSync(this.path + suffix).includes(text),
    );
  }

  /** The permissions of the file and of its write-ahead log. */
  modes(): number[] {
    return ['', '-wal'].map((suffix) => statSync(this.path + suffix).mode & 0o777);
  }

  remove(): void {
    this.close();
    rmSync(join(this.path, '..'), { recursive: true });
  }
}
