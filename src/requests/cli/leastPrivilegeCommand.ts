import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { LoggedRequest } from '../loggedRequest.ts';
import { leastPrivilege } from '../leastPrivilege/leastPrivilege.ts';
import { leastPrivilegeJson, leastPrivilegeText } from '../leastPrivilege/leastPrivilegeReport.ts';
import { readExport } from '../requestExport.ts';

export const leastPrivilegeUsage = `keysmith least-privilege --requests FILE [--key ID] [--format text|json]
keysmith least-privilege --source [PATH…] [--format text|json]

  --requests FILE  requests that were exported from the view "Stripe Requests"
  --key ID         only those of one key (mk_…)
  --source PATH…   a guess from the SDK calls in files and folders (default: the working directory)
  --format FORMAT  text, json (default: text)

  Exit status: 0 done, 2 it could not be done.`;

/** Reads the arguments behind `keysmith least-privilege` and does it: the text to print, or the sentence why not. */
export async function runLeastPrivilege(args: readonly string[]): Promise<Outcome<string, string>> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { source, format } = parsed.value;
  const requests = source === undefined ? await recorded(parsed.value) : await guessed(source);
  if (!requests.ok) return requests;
  const found = leastPrivilege(requests.value, []);
  const guess = source !== undefined;
  return ok(format === 'json' ? leastPrivilegeJson(found, { guess }) : leastPrivilegeText(found, { guess }));
}

async function recorded({ file = '', key }: LeastPrivilegeCommand): Promise<Outcome<readonly LoggedRequest[], string>> {
  const text = await readFile(file, 'utf8').then(ok, (error: unknown) => refuse(messageOf(error)));
  const requests = text.ok ? readExport(text.value) : text;
  if (!requests.ok) return refuse(`${file} cannot be used. ${requests.problem}`);
  return ok(key === undefined ? requests.value : requests.value.filter((one) => one.key === key));
}

async function guessed(paths: readonly string[]): Promise<Outcome<readonly LoggedRequest[], string>> {
  const { requestsInFiles } = await import('../fromSource/guessFromSource.ts');
  try {
    return ok(requestsInFiles(paths.length > 0 ? paths : ['.']));
  } catch (error) {
    return refuse(messageOf(error));
  }
}

interface LeastPrivilegeCommand {
  readonly file: string | undefined;
  /** Files and folders to guess from, where nothing was recorded. */
  readonly source: readonly string[] | undefined;
  readonly key: string | undefined;
  readonly format: 'text' | 'json';
}

function parse(args: readonly string[]): Outcome<LeastPrivilegeCommand, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        requests: { type: 'string' },
        source: { type: 'boolean', default: false },
        key: { type: 'string' },
        format: { type: 'string', default: 'text' },
      },
    });
    const { requests: file, source, key, format } = values;
    if (source === (file !== undefined)) return refuse(`Give either --requests or --source.\n\n${leastPrivilegeUsage}`);
    if (!source && positionals.length > 0) return refuse(`Paths belong to --source.\n\n${leastPrivilegeUsage}`);
    if (format !== 'text' && format !== 'json') return refuse(`--format takes text or json, not "${format}".`);
    return ok({ file, source: source ? positionals : undefined, key, format });
  } catch (error) {
    return refuse(`${messageOf(error)}\n\n${leastPrivilegeUsage}`);
  }
}
