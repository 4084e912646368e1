import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { env } from 'node:process';
import { readSmallFileSync } from '../../shared/smallFile.ts';

/**
 * What the user themselves leaves out of all repositories, by `core.excludesFile` of their own configuration. What a repository's
 * configuration says of it is not read.
 */
export function userExcludes(environment: NodeJS.ProcessEnv = env): string | undefined {
  const home = environment['HOME'] ?? homedir();
  const settings = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  const named = environment['GIT_CONFIG_GLOBAL'];
  const files = named === undefined ? [join(settings, 'git', 'config'), join(home, '.gitconfig')] : [named];
  let file = join(settings, 'git', 'ignore');
  for (const one of files) {
    const found = excludesFileIn(textOf(one) ?? '');
    if (found !== undefined) file = found.replace(/^~(?=\/|$)/, () => home);
  }
  return isAbsolute(file) ? textOf(file) : undefined;
}

/** The user's own files may be links, as those do who keep them in a repository. */
function textOf(file: string): string | undefined {
  const read = readSmallFileSync(file, { links: 'follow' });
  return read.ok ? read.value.toString('utf8') : undefined;
}

/** The last `excludesFile` of a section `core` in a configuration of git. Configurations that it includes are not read. */
export function excludesFileIn(text: string): string | undefined {
  let [inCore, found] = [false, undefined as string | undefined];
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*(?<name>[^\]\s"]+)\s*(?<sub>"[^"]*")?\s*\]/.exec(line);
    if (section) inCore = section.groups?.['name']?.toLowerCase() === 'core' && section.groups['sub'] === undefined;
    const rest = section ? line.slice(section[0].length) : line;
    const value = /^\s*excludesfile\s*=\s*(?<value>"(?:[^"\\]|\\.)*"|[^#;]*)/i.exec(rest)?.groups?.['value'];
    if (inCore && value !== undefined) found = unquoted(value.trim());
  }
  return found;
}

const unquoted = (value: string): string =>
  (value.startsWith('"') ? value.slice(1, -1) : value).replaceAll(/\\(?<one>["\\])/g, '$<one>');
