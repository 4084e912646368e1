import { unlink } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.ts';
import { replaceFile } from '../../shared/replaceFile.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { findKeyFile, findPlainFile, type KeyFile, type PlainFile } from './keyFile.ts';

/**
 * Gives a file with a key its new text: first `.gitignore`, so that git never sees the file with a key in it, then the file, which is read
 * and judged again. What cannot be done whole is taken back; the sentence tells what could not be.
 */
export async function writeKeyFile(
  folder: string,
  { ignore, ...file }: KeyFile,
  text: string,
): Promise<Outcome<void, string>> {
  const changes = new Changes(folder);
  try {
    if (ignore) await changes.make(ignore.file, ignore.text, 'asItWas');
    await changes.make(file, text, 'onlyForTheUser');
    const again = await findKeyFile(folder, file.name);
    if (!again.ok) throw new Error(again.problem.why);
    if (again.value.ignore) throw new Error(`git does not ignore ${file.name}.`);
    if (again.value.text !== text) throw new Error(`${file.name} was changed by somebody else.`);
    return ok(undefined);
  } catch (error) {
    const left = await changes.takeBack();
    const sentence = messageOf(error).replace(/[^.!?]$/, '$&.');
    return refuse([`The key was not written to ${file.name}: ${sentence}`, ...left].join(' '));
  }
}

/** Changes of files that belong together. */
class Changes {
  readonly #folder: string;
  readonly #made: { readonly file: PlainFile; readonly text: string }[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async make(file: PlainFile, text: string, mode: 'onlyForTheUser' | 'asItWas'): Promise<void> {
    if (text === file.text) return;
    // What was planned from is looked at again: an editor or another window may have written meanwhile.
    const now = await findPlainFile(this.#folder, file.name, file);
    if (!now.ok) throw new Error(now.problem);
    if (now.value.path !== file.path || now.value.text !== file.text)
      throw new Error(`${file.name} is being changed by somebody else.`);
    await replaceFile(file.path, text, {
      inside: this.#folder,
      mode: mode === 'asItWas' ? (file.mode ?? 'usual') : 0o600,
    });
    this.#made.push({ file, text });
  }

  /** Puts back what was there, the last first. Says what could not be. */
  async takeBack(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const { file, text } of this.#made.toReversed()) {
      const now = await findPlainFile(this.#folder, file.name, file);
      const ours = now.ok && now.value.path === file.path && now.value.text === text;
      if (!ours || !(await this.#restore(file))) left.push(`${file.name} was changed, and could not be put back.`);
    }
    return left;
  }

  async #restore({ path, text, mode }: PlainFile): Promise<boolean> {
    try {
      if (mode === undefined) await unlink(path);
      else await replaceFile(path, text, { inside: this.#folder, mode });
      return true;
    } catch {
      return false;
    }
  }
}
