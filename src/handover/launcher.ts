import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import process from 'node:process';
import { replaceFile } from '../shared/replaceFile.ts';
import { ownSystem, type System } from '../shared/system.ts';
import { launcherFile } from './launcherFile.ts';
import { launcherVariable } from './launcherVariable.ts';

/** Only this user may put something there, or see what is there: terminals look for programs in that folder. */
const ownerOnly = 0o700;

/** Puts a program `keysmith` into a folder: what runs the command line with the editor's own Node. Gives its path. */
export async function writeLauncher(folder: string, cli: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: ownerOnly });
  await chmod(folder, ownerOnly); // an older Keysmith made it otherwise
  const file = launcherFile(folder);
  const launched = { file, node: process.execPath, cli, electron: 'electron' in process.versions };
  const text = launcherText(launched, ownSystem());
  // Another window may be writing the same, and a terminal may be reading it.
  if (!(await isWritten(file, text))) await replaceFile(file, text, { mode: ownerOnly });
  return file;
}

async function isWritten(file: string, text: string): Promise<boolean> {
  try {
    const { mode } = await stat(file);
    return (!ownSystem().fileModes || (mode & 0o777) === ownerOnly) && (await readFile(file, 'utf8')) === text;
  } catch {
    return false; // there is none, or it cannot be read
  }
}

/** What the program is started by, and what it starts. */
export interface Launched {
  readonly file: string;
  readonly node: string;
  readonly cli: string;
  readonly electron: boolean;
}

/** The launcher as a program of a system. */
export const launcherText = (launched: Launched, { launcherName }: Pick<System, 'launcherName'>): string =>
  launcherName.endsWith('.cmd') ? batch(launched) : shell(launched);

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
