import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cli = join(import.meta.dirname, '../../../dist/cli.js');

/** None of the person's or machine's own settings: no signing, no hooks, no templates. */
const environment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Jenny Rosen',
  GIT_AUTHOR_EMAIL: 'jenny@example.com',
  GIT_COMMITTER_NAME: 'Jenny Rosen',
  GIT_COMMITTER_EMAIL: 'jenny@example.com',
  GIT_AUTHOR_DATE: '2026-03-01T12:00:00Z',
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A git repository in a temporary folder, and the program run in it. */
export class TestRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'keysmith-git-'));
  /** What differs from the environment of a user who has set nothing. */
  readonly environment: NodeJS.ProcessEnv = {};
  readonly #node;

  /** @param node runs the program */
  constructor(node = process.execPath) {
    this.#node = node;
    this.git('init', '-q', '-b', 'main');
  }

  write(name: string, text: string | Buffer): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  git(...args: readonly string[]): Ended {
    return this.#run('git', args);
  }

  /** Commits everything; returns the commit's id. */
  commit(message = 'a change'): string {
    this.git('add', '-A');
    const { code, stderr } = this.git('commit', '-q', '-m', message);
    if (code !== 0) throw new Error(stderr);
    return this.git('rev-parse', 'HEAD').stdout.trim();
  }

  /** @param from the working directory, from the top of the repository */
  keysmith(args: readonly string[], input = '', from = ''): Ended {
    return this.#run(this.#node, [cli, ...args], { input, from });
  }

  link(name: string, target: string): void {
    symlinkSync(target, join(this.folder, name));
  }

  removeFile(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #run(command: string, args: readonly string[], { input = '', from = '' } = {}): Ended {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: join(this.folder, from),
      env: { ...environment, ...this.environment },
      input,
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  }
}
