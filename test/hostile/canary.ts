import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that tells that it was run. Repositories name it wherever a program can be named; it must never be. */
export class Canary {
  readonly folder = mkdtempSync(join(tmpdir(), 'keysmith-canary-'));
  /** Its absolute path. */
  readonly program = join(this.folder, 'canary');
  /** Exists once it has been run. */
  readonly notes = join(this.folder, 'ran');

  constructor() {
    writeFileSync(this.program, `#!/bin/sh\nprintf '%s\\n' "$0 $*" >> '${this.notes}'\nexit 1\n`);
    chmodSync(this.program, 0o755);
  }

  /** What it was run with, once for each time. */
  get ran(): string[] {
    return existsSync(this.notes) ? readFileSync(this.notes, 'utf8').split('\n').slice(0, -1) : [];
  }

  forget(): void {
    rmSync(this.notes, { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
