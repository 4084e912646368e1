import { pathToFileURL } from 'node:url';
import { describeLeak, describeRule, helpOf } from '../describeLeak.ts';
import { leakRules, type Severity } from '../protocol.ts';
import type { Report, ReportedLeak } from './report.ts';

/** SARIF 2.1.0 (OASIS), as code hosts read it. Columns are UTF-16 units, which the format calls `utf16CodeUnits`. */
export function sarifReport(
  { leaks, skipped, complete }: Report,
  { version, root }: { version: string; root: string },
): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Keysmith',
            version,
            rules: leakRules.map((rule) => ({
              id: rule,
              shortDescription: { text: describeRule(rule) },
              helpUri: helpOf(rule),
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(root).href}/` } },
        results: leaks.map(result),
        invocations: [
          {
            executionSuccessful: complete,
            toolExecutionNotifications: skipped.map(({ file, why }) => ({
              level: complete ? 'note' : 'warning',
              message: { text: `Not read, ${why}.` },
              locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
            })),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function result(leak: ReportedLeak): unknown {
  const { file, line, column, endLine, endColumn, introduced } = leak;
  return {
    ruleId: leak.rule,
    ruleIndex: leakRules.indexOf(leak.rule),
    level: levels[leak.severity],
    message: { text: describeLeak(leak) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    partialFingerprints: { 'keysmith/v1': leak.fingerprint },
    properties: { kind: leak.kind, mode: leak.mode ?? null, confidence: leak.confidence, ...introduced },
  };
}

/** A path as a URI: relative ones are below ROOT. */
function artifact(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (file.startsWith('/') || /^[A-Za-z]:/.test(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' };
}
