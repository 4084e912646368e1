import { parseArgs } from 'node:util';
import { messageOf } from '../../shared/errors.ts';
import type { Outcome } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import { severities, type Severity } from '../protocol.ts';
import { mostBytes } from '../scan/scanResult.ts';
import { reportFormats, type ReportFormat } from '../report/report.ts';

/** What is scanned. */
export type ScanSource =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'staged' }
  | { readonly kind: 'history'; readonly range: string | undefined }
  | { readonly kind: 'stdin'; readonly file: string };

export interface ScanCommand {
  readonly source: ScanSource;
  readonly format: ReportFormat;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  /** What is slighter is left out, and fails nothing. */
  readonly minSeverity: Severity;
  readonly ignore: boolean;
  /** Larger files are told of, not read; in bytes. */
  readonly most: number;
  /** A history that is cut off here is looked through all the same. */
  readonly allowShallow: boolean;
}

const mega = 1024 * 1024;
/** What a text can hold that is put together from a file. */
const mostSize = 256 * mega;

export const scanUsage = `keysmith scan [PATH…] [--staged | --history [RANGE] | --stdin --stdin-filename F] [--format FORMAT]
              [--baseline F] [--write-baseline F] [--min-severity SEVERITY] [--no-ignore]
              [--max-file-size SIZE] [--allow-shallow]

  PATH…               files and folders (default: the working directory)
  --staged            what the next commit adds
  --history [RANGE]   every version of every file, and every message, in a range of commits (default: all branches and tags)
  --stdin             the standard input, named by --stdin-filename
  --format FORMAT     ${reportFormats.join(', ')} (default: text)
  --baseline F        leave out the leaks that F lists
  --write-baseline F  write what is found now to F, for --baseline
  --min-severity S    ${severities.join(', ')} (default: warning)
  --max-file-size S   read files of up to this size, such as 200M (default: ${mostBytes / mega}M, at most ${mostSize / mega}M)
  --allow-shallow     look through a history that was cut off when it was cloned
  --no-ignore         also what .gitignore and .keysmithignore leave out, and what comments excuse

  Exit status: 0 no leaks, 1 leaks, 2 it could not be done, or something could not be read and there are no leaks in the rest.`;

/** Reads the arguments behind `keysmith scan`; a refusal is the sentence to print. */
export function parseScanCommand(args: readonly string[]): Outcome<ScanCommand, string> {
  const { rest, range } = takeRange(args);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        staged: { type: 'boolean', default: false },
        history: { type: 'boolean', default: false },
        stdin: { type: 'boolean', default: false },
        'stdin-filename': { type: 'string' },
        format: { type: 'string', default: 'text' },
        baseline: { type: 'string' },
        'write-baseline': { type: 'string' },
        'min-severity': { type: 'string', default: 'warning' },
        'no-ignore': { type: 'boolean', default: false },
        'max-file-size': { type: 'string' },
        'allow-shallow': { type: 'boolean', default: false },
      },
    });
    const format = reportFormats.find((known) => known === values.format);
    if (!format) return refuse(`--format takes ${reportFormats.join(', ')}, not "${values.format}".`);
    const minSeverity = severities.find((known) => known === values['min-severity']);
    if (!minSeverity) return refuse(`--min-severity takes ${severities.join(', ')}, not "${values['min-severity']}".`);
    const most = values['max-file-size'] === undefined ? mostBytes : parseSize(values['max-file-size']);
    if (most === undefined)
      return refuse(
        `--max-file-size takes a size such as 200M, up to ${mostSize / mega}M, not "${values['max-file-size']}".`,
      );
    if (values['allow-shallow'] && !values.history) return refuse('--allow-shallow belongs to --history.');
    const { staged, history, stdin, 'stdin-filename': file } = values;
    if ([staged, history, stdin, positionals.length > 0].filter(Boolean).length > 1)
      return refuse('PATH, --staged, --history and --stdin exclude each other.');
    if (stdin !== (file !== undefined)) return refuse('--stdin and --stdin-filename belong together.');
    const source: ScanSource = staged
      ? { kind: 'staged' }
      : history
        ? { kind: 'history', range }
        : file === undefined
          ? { kind: 'paths', paths: positionals.length > 0 ? positionals : ['.'] }
          : { kind: 'stdin', file };
    return ok({
      source,
      format,
      baseline: values.baseline,
      writeBaseline: values['write-baseline'],
      minSeverity,
      ignore: !values['no-ignore'],
      most,
      allowShallow: values['allow-shallow'],
    });
  } catch (error) {
    return refuse(messageOf(error));
  }
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: mega };

function parseSize(text: string): number | undefined {
  const { count = '', unit = '' } = /^(?<count>[1-9]\d{0,9})(?<unit>[KM]?)$/i.exec(text)?.groups ?? {};
  const size = Number(count) * (units[unit.toUpperCase()] ?? 0);
  return count === '' || size > mostSize ? undefined : size;
}

/** Takes the range behind `--history` out: an option with an optional value, which the parser does not have. */
function takeRange(args: readonly string[]): { readonly rest: string[]; readonly range: string | undefined } {
  const at = args.findIndex((arg) => arg === '--history' || arg.startsWith('--history='));
  const option = args[at];
  if (option === undefined) return { rest: [...args], range: undefined };
  const before = args.slice(0, at);
  if (option !== '--history')
    return { rest: [...before, '--history', ...args.slice(at + 1)], range: option.slice('--history='.length) };
  const next = args[at + 1];
  if (next === undefined || next.startsWith('-')) return { rest: [...args], range: undefined };
  return { rest: [...before, '--history', ...args.slice(at + 2)], range: next };
}
