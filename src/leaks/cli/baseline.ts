import { dirname, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import { maskTokens } from '../../domain/secret.ts';
import { messageOf } from '../../shared/errors.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { readSmallFile, smallFileWords } from '../../shared/smallFile.ts';
import { workTreeOf } from '../exclusions/gitFolder.ts';
import type { ReportedLeak } from '../report/report.ts';

/** The leaks that were there before: each by its fingerprint and file, so that moved lines do not bring them back. */
export interface Baseline {
  /** The baseline's own file. */
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

const version = 1;
/** Of a hundred thousand leaks and more. */
const mostBaselineBytes = 32 * 1024 * 1024;
const schema = z.object({
  keysmith_baseline: z.literal(version),
  leaks: z.array(z.object({ fingerprint: z.string(), file: z.string() })),
});

const nameOf = ({ fingerprint, file }: { readonly fingerprint: string; readonly file: string }): string =>
  `${fingerprint} ${file}`;

/** Reads a baseline; a sentence where the file cannot be used. */
export async function readBaseline(path: string): Promise<Outcome<Baseline, string>> {
  const read = await readSmallFile(path, { most: mostBaselineBytes, links: 'follow' });
  if (!read.ok) return refuse(`The baseline cannot be read (it ${smallFileWords[read.problem]}): ${path}`);
  try {
    const json: unknown = JSON.parse(read.value.toString('utf8'));
    const found = z.object({ keysmith_baseline: z.number() }).safeParse(json);
    if (found.success && found.data.keysmith_baseline > version)
      return refuse(`The baseline was written by a newer Keysmith; update Keysmith: ${path}`);
    const parsed = schema.safeParse(json);
    if (!parsed.success) return refuse(`This is no baseline of Keysmith: ${path}`);
    return ok({ path, names: new Set(parsed.data.leaks.map(nameOf)) });
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not valid JSON' : messageOf(error);
    return refuse(`The baseline cannot be read (${why}): ${path}`);
  }
}

/** Replaces a baseline by what was found now; a sentence where it cannot be written. */
export async function writeBaseline(path: string, leaks: readonly ReportedLeak[]): Promise<Outcome<undefined, string>> {
  const entries = new Map(
    leaks.map((leak) => {
      const { fingerprint, mask } = leak;
      const file = fileIn(path, leak);
      return [nameOf({ fingerprint, file }), { fingerprint, file, mask }];
    }),
  );
  try {
    await replaceFile(
      path,
      `${JSON.stringify({ keysmith_baseline: version, leaks: [...entries.values()] }, undefined, 2)}\n`,
    );
    return ok(undefined);
  } catch (error) {
    return refuse(`The baseline cannot be written (${messageOf(error)}): ${path}`);
  }
}

export const inBaseline = ({ path, names }: Baseline, leak: ReportedLeak): boolean =>
  names.has(nameOf({ fingerprint: leak.fingerprint, file: fileIn(path, leak) }));

/**
 * A leak's file as a baseline has it, wherever the program was started: from the top of the repository it is in, or else from the folder
 * of the baseline.
 */
function fileIn(baseline: string, { file, at }: ReportedLeak): string {
  if (at === undefined) return file;
  const from = workTreeOf(dirname(at)) ?? dirname(resolve(baseline));
  return maskTokens(relative(from, at).split(sep).join('/'));
}
