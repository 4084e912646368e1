import { platform } from 'node:process';

/** What differs between the systems that an editor runs on. */
export interface System {
  /** Between the folders of a PATH. */
  readonly pathDelimiter: ';' | ':';
  /** Runs one command line: the line comes behind it as one argument. */
  readonly shell: readonly [string, ...string[]];
  /** The program `keysmith` in the path of terminals. */
  readonly launcherName: string;
  readonly gitName: string;
  /** Files say who may read, write and run them. */
  readonly fileModes: boolean;
  /** A process can be ended by a signal, and whoever waits for it sees which. */
  readonly signals: boolean;
  /** Where a process can be asked: a name of the system's own, or a file. */
  readonly sockets: 'named pipes' | 'files';
  /** Git's own default for names that differ in case only. */
  readonly ignoresCase: boolean;
}

export function systemOf(name: NodeJS.Platform): System {
  if (name === 'win32')
    return {
      pathDelimiter: ';',
      shell: ['cmd', '/d', '/s', '/c'],
      launcherName: 'keysmith.cmd',
      gitName: 'git.exe',
      fileModes: false,
      signals: false,
      sockets: 'named pipes',
      ignoresCase: true,
    };
  return {
    pathDelimiter: ':',
    shell: ['sh', '-c'],
    launcherName: 'keysmith',
    gitName: 'git',
    fileModes: true,
    signals: true,
    sockets: 'files',
    ignoresCase: name === 'darwin',
  };
}

/** The one that this runs on. */
export const ownSystem = (): System => systemOf(platform);
