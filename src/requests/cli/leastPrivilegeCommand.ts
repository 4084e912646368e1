import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { leastPrivilege } from '../leastPrivilege/leastPrivilege.ts';
import { leastPrivilegeJson, leastPrivilegeText } from '../leastPrivilege/leastPrivilegeReport.ts';
import { readExport } from '../requestExport.ts';

export const leastPrivilegeUsage = `keysmith least-privilege --requests FILE [--key ID] [--format text|json]

  --requests FILE  requests that were exported from the view "Stripe Requests"
  --key ID         only those of one key (mk_…)
  --format FORMAT  text, json (default: text)

  Exit status: 0 done, 2 it could not be done.`;

/** Reads the arguments behind `keysmith least-privilege` and does it: the text to print, or the sentence why not. */
export async function runLeastPrivilege(args: readonly string[]): Promise<Outcome<string, string>> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { file, key, format } = parsed.value;
  const text = await readFile(file, 'utf8').then(ok, (error: unknown) => refuse(messageOf(error)));
  const requests = text.ok ? readExport(text.value) : text;
  if (!requests.ok) return refuse(`${file} cannot be used. ${requests.problem}`);
  const found = leastPrivilege(
    key === undefined ? requests.value : requests.value.filter((one) => one.key === key),
    [],
  );
  return ok(format === 'json' ? leastPrivilegeJson(found) : leastPrivilegeText(found));
}

interface LeastPrivilegeCommand {
  readonly file: string;
  readonly key: string | undefined;
  readonly format: 'text' | 'json';
}

function parse(args: readonly string[]): Outcome<LeastPrivilegeCommand, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        requests: { type: 'string' },
        key: { type: 'string' },
        format: { type: 'string', default: 'text' },
      },
    });
    const { requests: file, key, format } = values;
    if (file === undefined) return refuse(`--requests is missing.\n\n${leastPrivilegeUsage}`);
    if (format !== 'text' && format !== 'json') return refuse(`--format takes text or json, not "${format}".`);
    return ok({ file, key, format });
  } catch (error) {
    return refuse(`${messageOf(error)}\n\n${leastPrivilegeUsage}`);
  }
}
