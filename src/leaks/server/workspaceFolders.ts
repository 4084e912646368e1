import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { placeOf } from './documentExcuses.ts';
import { pathOf } from './documents.ts';

/** The folders that the client has open, by their URIs. */
export class WorkspaceFolders {
  #uris: readonly string[] = [];

  begin({ workspaceFolders, rootUri }: InitializeParams & { rootUri?: string | null }): void {
    this.#uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  }

  change({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.#uris = [...this.#uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
  }

  /** The deepest folder that a file or notebook is in, by its path; the first for one that is in none. */
  around(path: string): string | undefined {
    return this.#holding(path) ?? this.#uris[0];
  }

  /** The path of the deepest folder that a folder of this machine is, or is in. */
  pathAround(folder: string): string | undefined {
    const uri = this.#holding(`${pathOf(pathToFileURL(folder).href).replace(/\/$/, '')}/`);
    return uri?.startsWith('file:') ? fileURLToPath(uri) : undefined;
  }

  /** The root of the workspace for a document: the folder it is in, or else that of its file. */
  rootOf(uri: string): string | undefined {
    const file = placeOf(uri)?.file;
    return file === undefined ? undefined : (this.pathAround(dirname(file)) ?? dirname(file));
  }

  #holding(path: string): string | undefined {
    const around = this.#uris.filter((uri) => path.startsWith(`${pathOf(uri).replace(/\/$/, '')}/`));
    return around.toSorted((one, other) => pathOf(other).length - pathOf(one).length)[0];
  }
}
