import { basename, join, sep } from 'node:path';
import { isEnvironmentFile } from '../exclusions/environmentFile.ts';
import { readTracked } from '../exclusions/trackedFiles.ts';
import type { SkippedFile } from './scanResult.ts';
import { Turns } from './turns.ts';

/** What git has of a work tree although one would not expect it. Paths are absolute. */
export interface TrackedFiles {
  /** Environment files: whoever has the repository has their keys. */
  readonly environment: ReadonlySet<string>;
  /** Files that ignore files leave out, but which were added all the same, or before. */
  readonly ignored: readonly string[];
}

/** The work trees that a scan comes upon. */
export class Repositories {
  readonly #tops = new Set<string>();
  #tracked: TrackedFiles = { environment: new Set(), ignored: [] };

  found(top: string): void {
    this.#tops.add(top);
  }

  /** What `read` found. */
  get tracked(): TrackedFiles {
    return this.#tracked;
  }

  /** Reads what git has of all that were found. `isLeftOut` is asked about absolute paths. */
  async read(isLeftOut: (file: string) => boolean, skipped: SkippedFile[], signal?: AbortSignal): Promise<void> {
    const environment = new Set<string>();
    const ignored: string[] = [];
    const turns = new Turns();
    for (const top of this.#tops) {
      if (signal?.aborted) return;
      const prefix = top.endsWith(sep) ? top : top + sep;
      const outcome = await readTracked(
        top,
        (path) => {
          const file = prefix + (sep === '/' ? path : path.replaceAll('/', sep));
          if (isEnvironmentFile(basename(path))) environment.add(file);
          if (isLeftOut(file)) ignored.push(file);
        },
        () => turns.rest(),
      );
      if (!outcome.ok) skipped.push({ file: join(top, '.git'), why: outcome.problem });
    }
    this.#tracked = { environment, ignored };
  }
}
