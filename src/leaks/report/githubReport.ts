import { describeLeak } from '../describeLeak.ts';
import type { Severity } from '../protocol.ts';
import { printable } from '../../shared/printable.ts';
import type { Report } from './report.ts';

/** GitHub Actions' workflow commands: each leak becomes an annotation of the changed line. */
export function githubReport({ leaks, skipped, complete }: Report): string {
  const unread = skipped.map(
    ({ file, why }) =>
      `::${complete ? 'notice' : 'warning'} file=${property(file)},title=not read::Not read, ${data(why)}.\n`,
  );
  const gap = complete
    ? []
    : ['::warning title=not everything was read::Not everything was read, and nothing is said of the rest.\n'];
  const found = leaks.map((leak) => {
    const { file, line, column, endLine, endColumn } = leak;
    const place = `file=${property(file)},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn}`;
    return `::${commands[leak.severity]} ${place},title=${property(leak.rule)}::${data(describeLeak(leak))}\n`;
  });
  return [...found, ...unread, ...gap].join('');
}

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

const data = (text: string): string =>
  printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
