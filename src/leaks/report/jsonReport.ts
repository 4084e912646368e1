import type { Report } from './report.ts';

/** One JSON object. Lines and columns count from 1, columns in UTF-16 units; `mode` is null where a secret tells none. */
export function jsonReport({ leaks, files, bytes, skipped, complete, ms }: Report): string {
  const printed = leaks.map(({ introduced, ...leak }) => ({
    file: leak.file,
    line: leak.line,
    column: leak.column,
    endLine: leak.endLine,
    endColumn: leak.endColumn,
    kind: leak.kind,
    mode: leak.mode ?? null,
    rule: leak.rule,
    severity: leak.severity,
    confidence: leak.confidence,
    ...(leak.service === undefined ? {} : { service: leak.service }),
    mask: leak.mask,
    fingerprint: leak.fingerprint,
    ...introduced,
  }));
  return `${JSON.stringify({ leaks: printed, files, bytes, skipped, complete, ms: Math.round(ms) })}\n`;
}
