import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Secrets by what they are, like `the sandbox secret`. */
export type KnownSecrets = ReadonlyMap<string, string>;

/**
 * Which secrets stand in some bytes, as `what in where`: whole or half of the body, because a page of a database may end in the middle, in the
 * encodings that an editor, a database or a browser writes. A mask, which is a prefix and four characters, is not found.
 */
export function secretsIn(bytes: Buffer, where: string, secrets: KnownSecrets): string[] {
  return [...secrets].flatMap(([what, token]) =>
    halves(token)
      .flatMap(formsOf)
      .some((form) => bytes.includes(form))
      ? [`${what} in ${where}`]
      : [],
  );
}

/** The same for every file below some folders; `where` is the path from the last one that holds it. */
export async function secretsInFiles(folders: readonly string[], secrets: KnownSecrets): Promise<string[]> {
  const leaks: string[] = [];
  for (const folder of folders) {
    for (const file of await filesIn(folder)) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0)); // a file may go while one reads
      leaks.push(...secretsIn(bytes, relative(folder, file), secrets));
    }
  }
  return leaks;
}

export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Both ends of what follows the prefix, each long enough to be no accident. */
function halves(token: string): string[] {
  const body = token.slice(token.lastIndexOf('_') + 1);
  const half = Math.ceil(body.length / 2);
  if (half < 12) throw new Error(`too short to be looked for: ${body.length} characters`);
  return [body.slice(0, half), body.slice(-half)];
}

/** A text of letters and digits is the same in UTF-8, in JSON and in an address. */
function formsOf(text: string): Buffer[] {
  const base64 = base64Forms(text);
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    ...base64.map((form) => Buffer.from(form)),
    Buffer.from(Buffer.from(text).toString('hex')),
  ];
}

/** What base64 of any text that contains this one has in it, whatever stands before and behind. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'.'.repeat(shift)}${text}`).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, encoded.length - 4);
  });
}

/** What programs on this machine were started with, a line for each; empty where the system does not tell. */
export async function commandLines(): Promise<string> {
  const processes = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.map((line) => line.replaceAll('\0', ' ')).join('\n');
}

/** Script for a page: everything it keeps in the browser, as one text: local and session storage, and every database, bytes as text. */
export const readBrowser = `(async () => {
  const text = (value) => value instanceof Uint8Array || value instanceof ArrayBuffer
    ? new TextDecoder().decode(value) : typeof value === 'string' ? value : JSON.stringify(value);
  const parts = [...Object.entries(localStorage), ...Object.entries(sessionStorage)].map((pair) => pair.join('='));
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const all = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
      const keys = await all(objects.getAllKeys());
      const values = await all(objects.getAll());
      parts.push(...keys.map((key, index) => store + '/' + text(key) + '=' + text(values[index])));
    }
    database.close();
  }
  return parts.join('\\n');
})()`;
