import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** Puts a program `keysmith` into a folder: what runs the command line with the editor's own Node. */
export async function writeLauncher(folder: string, cli: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const windows = process.platform === 'win32';
  const file = join(folder, windows ? 'keysmith.cmd' : 'keysmith');
  const electron = 'electron' in process.versions;
  const text = windows ? batch(process.execPath, cli, electron) : shell(process.execPath, cli, electron);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return;
  // Another window may be writing the same, and a terminal may be reading it.
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await chmod(draft, 0o755);
  await rename(draft, file);
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function shell(node: string, cli: string, electron: boolean): string {
  return `#!/bin/sh
if [ ! -f ${quoted(cli)} ]; then
  echo 'keysmith: the extension is no longer where this terminal looks for it: open a new one.' >&2
  exit 125
fi
${electron ? 'export ELECTRON_RUN_AS_NODE=1\n' : ''}exec ${quoted(node)} ${quoted(cli)} "$@"
`;
}

function batch(node: string, cli: string, electron: boolean): string {
  const lines = [
    '@echo off',
    'setlocal',
    ...(electron ? ['set ELECTRON_RUN_AS_NODE=1'] : []),
    `"${node}" "${cli}" %*`,
    'exit /b %ERRORLEVEL%',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
