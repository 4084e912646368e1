import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { LoggedRequest } from '../loggedRequest.ts';
import { findSdkCalls } from './findSdkCalls.ts';

/** Languages that Stripe has an SDK for, by the ends of their files' names. */
export const sourceExtensions = [
  'js',
  'mjs',
  'cjs',
  'jsx',
  'ts',
  'mts',
  'cts',
  'tsx',
  'py',
  'rb',
  'php',
  'go',
  'java',
  'kt',
  'cs',
];
/** Folders of what others wrote or a build made. */
const foreignFolders = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', 'venv', '__pycache__']);
const mostBytes = 2_000_000;

/** The requests that a text would send, as far as its calls tell. In place of an id each has the place of its call: `src/pay.ts:12`. */
export function requestsIn(text: string, file: string): LoggedRequest[] {
  return findSdkCalls(text, file).map(({ call, line }) => ({
    ...unknown,
    id: `${file}:${line}`,
    method: call.method,
    path: call.path,
    permission: call.permission,
  }));
}

/** What is not known of a request that nobody sent. */
const unknown = {
  time: new Date(0),
  query: '',
  status: 200,
  key: undefined,
  account: undefined,
  mode: undefined,
  errorCode: undefined,
  context: undefined,
  address: '',
  version: undefined,
  userAgent: undefined,
  sdk: undefined,
  idempotencyKey: undefined,
  durationMs: 0,
  requestBody: '',
  responseBody: '',
  passed: [],
  refused: undefined,
  letThrough: false,
} as const;

/** The same for files and folders with all below them. Throws where one that is named is not there; what cannot be read is left out. */
export function requestsInFiles(paths: readonly string[]): LoggedRequest[] {
  return paths.flatMap((path) => (statSync(path).isDirectory() ? inFolder(path) : inFile(path)));
}

function inFolder(folder: string): LoggedRequest[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return foreignFolders.has(entry.name) || entry.name.startsWith('.') ? [] : inFolder(path);
      return entry.isFile() && sourceExtensions.includes(extname(entry.name).slice(1)) ? inFile(path) : [];
    });
}

function inFile(file: string): LoggedRequest[] {
  try {
    return statSync(file).size > mostBytes ? [] : requestsIn(readFileSync(file, 'utf8'), file.replaceAll('\\', '/'));
  } catch {
    return []; // it vanished, or is not ours to read
  }
}
