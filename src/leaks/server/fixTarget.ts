import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { addToExample, addToGitignore, environmentFilesFor, readVariables, setVariable } from '../fixes/envFile.ts';
import type { FixedFile } from '../protocol.ts';
import type { Documents } from './documents.ts';
import { findKeyFile, findPlainFile, type KeyFile, type KeyFileProblem, type PlainFile } from './keyFile.ts';
import type { Variable } from './keepVariables.ts';

/** The environment file that a folder's programs read and that may hold a key. */
export interface FixTarget {
  readonly file: KeyFile;
  /** The file's text, where it is open as it is in the editor. */
  readonly text: string;
  /** The variables that are there, and those of the folder's other environment files that have a value. */
  readonly taken: ReadonlyMap<string, string>;
}

export interface TargetProblem extends KeyFileProblem {
  /** The file that it is about. */
  readonly file: string;
  /** A file that would do. */
  readonly instead: string | undefined;
}

export interface TargetOptions {
  /** The file that the user has chosen. */
  readonly file?: string | undefined;
  /** The file will be changed on the disk: what an editor has not saved would be lost, or come back. */
  readonly onDisk: boolean;
}

/** Where git tracks what a program reads, this is the name that most of its ignore files have. */
const otherFile = '.env.local';

/** Chooses the environment file for a key, before the key goes anywhere. */
export async function chooseTarget(
  documents: Documents,
  folder: string,
  { file: wanted, onDisk }: TargetOptions,
): Promise<Outcome<FixTarget, TargetProblem>> {
  if (wanted !== undefined && !/^\.env(?:\.[\w-]+)*$/.test(wanted))
    return refuse({
      why: 'A key goes into an environment file only.',
      tracked: false,
      file: wanted,
      instead: undefined,
    });
  const names = await readdir(folder).catch(() => []); // a folder that is not there yet has no files
  const candidates = wanted === undefined ? environmentFilesFor(names) : ([wanted] as const);
  let first: KeyFileProblem | undefined;
  for (const name of candidates) {
    const file = await findKeyFile(folder, name);
    if (!file.ok) {
      first ??= file.problem;
      continue;
    }
    const text = openText(documents, file.value) ?? file.value.text;
    const unsaved = onDisk
      ? [file.value, file.value.ignore?.file].find((one) => one && isUnsaved(documents, one))
      : undefined;
    if (unsaved)
      return refuse({
        why: `Save ${unsaved.name} first: it has changes that are not saved.`,
        tracked: false,
        file: name,
        instead: undefined,
      });
    const others = await variablesOf(
      folder,
      [...new Set(['.env', otherFile])].filter((other) => other !== name),
    );
    return ok({ file: file.value, text, taken: new Map([...others, ...readVariables(text)]) });
  }
  const { why, tracked } = first ?? { why: 'There is no file for it.', tracked: false };
  const mayUseOther = tracked && !candidates.includes(otherFile) && (await findKeyFile(folder, otherFile)).ok;
  return refuse({ why, tracked, file: candidates[0], instead: mayUseOther ? otherFile : undefined });
}

/** What other environment files of a folder give a value: the same name in ours would be another variable. */
async function variablesOf(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const file = await findPlainFile(folder, name);
    // A value that is there is not given again: only what has none may be used.
    if (file.ok)
      for (const [variable, value] of readVariables(file.value.text)) if (value !== '') found.set(variable, '?');
  }
  return found;
}

/** The files with the variables in them, for a client that writes them itself. */
export async function targetFiles(
  documents: Documents,
  folder: string,
  { file, text }: FixTarget,
  { variables, example: withExample }: { readonly variables: readonly Variable[]; readonly example: boolean },
): Promise<FixedFile[]> {
  const changed = (plain: PlainFile, change: (old: string) => string): FixedFile[] => {
    const old = openText(documents, plain) ?? plain.text;
    const now = change(old);
    return now === old ? [] : [{ uri: uriOf(plain), text: now, exists: plain.mode !== undefined }];
  };
  const example = withExample ? await findPlainFile(folder, '.env.example') : undefined;
  return [
    ...changed({ ...file, text }, (old) =>
      variables.reduce((now, { name, value }) => setVariable(now, name, value), old),
    ),
    ...(example?.ok
      ? changed(example.value, (old) => variables.reduce((now, { name }) => addToExample(now, name), old))
      : []),
    ...(file.ignore ? changed(file.ignore.file, (old) => addToGitignore(old, basename(file.path))) : []),
  ];
}

const uriOf = ({ path }: PlainFile): string => pathToFileURL(path).href;

/** What an editor has of a file, by either of its names. */
function openText(documents: Documents, file: PlainFile): string | undefined {
  return documents.get(uriOf(file))?.model.whole().text ?? undefined;
}

/** Editors show no byte-order mark, and give all lines the same end. */
const plain = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');

export function isUnsaved(documents: Documents, file: PlainFile): boolean {
  const open = openText(documents, file);
  return open !== undefined && plain(open) !== plain(file.text);
}
