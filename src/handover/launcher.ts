import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { launcherVariable } from './launcherVariable.ts';

/** Puts a program `keysmith` into a folder: what runs the command line with the editor's own Node. Gives its path. */
export async function writeLauncher(folder: string, cli: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const windows = process.platform === 'win32';
  const file = join(folder, windows ? 'keysmith.cmd' : 'keysmith');
  const launched = { file, node: process.execPath, cli, electron: 'electron' in process.versions };
  const text = windows ? batch(launched) : shell(launched);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return file;
  // Another window may be writing the same, and a terminal may be reading it.
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await chmod(draft, 0o755);
  await rename(draft, file);
  return file;
}

interface Launched {
  readonly file: string;
  readonly node: string;
  readonly cli: string;
  readonly electron: boolean;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function shell({ file, node, cli, electron }: Launched): string {
  return `#!/bin/sh
if [ ! -f ${quoted(cli)} ]; then
  echo 'keysmith: the extension is no longer where this program looks for it: open an editor with it once.' >&2
  exit 125
fi
export ${launcherVariable}=${quoted(file)}
${electron ? 'export ELECTRON_RUN_AS_NODE=1\n' : ''}exec ${quoted(node)} ${quoted(cli)} "$@"
`;
}

function batch({ file, node, cli, electron }: Launched): string {
  const lines = [
    '@echo off',
    'setlocal',
    `set "${launcherVariable}=${file}"`,
    ...(electron ? ['set ELECTRON_RUN_AS_NODE=1'] : []),
    `"${node}" "${cli}" %*`,
    'exit /b %ERRORLEVEL%',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
