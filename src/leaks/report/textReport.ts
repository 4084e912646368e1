import { describeLeak } from '../describeLeak.ts';
import { printableLine } from '../../shared/printable.ts';
import type { Report, ReportedLeak } from './report.ts';

/** For a person at a terminal: one line a leak, then what to do. */
export function textReport({ leaks, files, bytes, binary = 0, skipped, complete, ms }: Report): string {
  const lines = leaks.map(line);
  for (const { file, why } of skipped) lines.push(`${printableLine(file)}: not read, ${why}`);
  const found = leaks.length === 0 ? 'No leaks' : `${leaks.length} ${leaks.length === 1 ? 'leak' : 'leaks'}`;
  const noText = binary > 0 ? `, ${binary} of them no text` : '';
  lines.push(`${found} in ${files} ${files === 1 ? 'file' : 'files'}${noText} (${size(bytes)}, ${Math.round(ms)} ms).`);
  if (!complete) lines.push('Not everything was read, and nothing is said of the rest.');
  if (leaks.length > 0)
    lines.push('A key that was shared or committed is known to others: rotate it, then take it out.');
  return `${lines.join('\n')}\n`;
}

function line(leak: ReportedLeak): string {
  const { introduced } = leak;
  const since = introduced ? ` (commit ${introduced.commit.slice(0, 12)} of ${introduced.date.slice(0, 10)})` : '';
  return `${printableLine(leak.file)}:${leak.line}:${leak.column}: ${leak.severity}: ${describeLeak(leak)} [${leak.rule}]${since}`;
}

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
