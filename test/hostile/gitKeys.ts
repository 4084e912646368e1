import { spawnSync } from 'node:child_process';

/** What of git Keysmith calls, as it calls it. A test holds that the source calls nothing else. */
export const calls: readonly (readonly string[])[] = [
  ['rev-parse', '--show-toplevel'],
  ['rev-parse', '--git-path', 'hooks'],
  ['rev-parse', '--is-shallow-repository'],
  ['rev-list', '--max-count=1', 'HEAD', '--'],
  ['for-each-ref', '--format=%(objecttype) %(objectname) %(refname)'],
  ['diff', '--cached', '--raw', '--no-abbrev', '-z', '-M', '--diff-filter=ACMRT', '--no-ext-diff'],
  [
    'log',
    '--all',
    '--reverse',
    '--topo-order',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--diff-merges=dense-combined',
    '--diff-filter=AMT',
    '--format=%H %aI %an',
    '--',
  ],
  ['cat-file', '--batch'],
  ['rev-parse', '--git-common-dir'],
  ['config', '--list', '-z', '--show-scope'],
  ['update-index', '--force-remove', '--', 'b.txt'],
];

/** Programs that are named by keys which git does not list, or not for all of what stands in their place. */
const unlisted = [
  'filter.evil.process',
  'gpg.x509.program',
  'gpg.ssh.program',
  'trailer.evil.command',
  'trailer.evil.cmd',
  'core.fsmonitor',
  'core.worktree',
  'fetch.bundleURI',
  'include.path',
  'submodule.evil.update',
  'submodule.evil.url',
  'remote.origin.proxy',
  'url.ext::evil.insteadOf',
  'diff.evil.command',
  'diff.evil.textconv',
  'merge.evil.driver',
  'hook.evil.command',
  'credential.https://example.com.helper',
  'http.https://example.com.proxy',
];

/** What stands for a name in a key of git's list, with what is planted for it. */
const stands: readonly (readonly [RegExp, string])[] = [
  [/<driver>|<tool>|<token>|<filter>|<group>/g, 'evil'],
  [/<name>|<remote>|<branch>/g, 'origin'],
  [/<condition>/g, 'gitdir:/'],
  [/<format>/g, 'openpgp'],
  [/<url>|<base>/g, 'https://example.com'],
  [/<[^>]*>/g, 'evil'],
];

/** Every key that this git knows, its placeholders filled; an alias and a pager for everything that is called. */
export function everyKey(): string[] {
  const { stdout } = spawnSync('git', ['help', '-c'], { encoding: 'utf8' });
  const commands = [...new Set(calls.map(([command = '']) => command))];
  const listed = stdout.split('\n').filter((line) => /^[a-z][\w-]*\./i.test(line));
  const filled = listed.flatMap((key) => {
    if (/\.\*$|<cmd>/.test(key)) return commands.map((command) => key.replace(/\*$|<cmd>/, command));
    return [stands.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), key)];
  });
  return [...new Set([...filled, ...unlisted])];
}

/** A key as a file of git's configuration has it. */
export function asConfiguration(key: string, value: string): string {
  const [section = '', ...rest] = key.split('.');
  const name = rest.pop() ?? '';
  const sub = rest.length > 0 ? ` "${rest.join('.')}"` : '';
  return `[${section}${sub}]\n\t${name} = "${value}"\n`;
}
