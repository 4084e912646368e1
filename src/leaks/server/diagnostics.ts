import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { describeLeak, helpOf } from '../describeLeak.ts';
import { parseKeysmithIgnore } from '../exclusions/keysmithIgnore.ts';
import { parsePolicy } from '../policy/policyFile.ts';
import { diagnosticSource, type Severity } from '../protocol.ts';
import type { DocumentLeak } from './documentModel.ts';

const grades: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a diagnostic of ours carries, so that a command can name the key without its token. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

/** A leak as a diagnostic. The message shows the mask, never the token. */
export function diagnosticOf(leak: DocumentLeak): Diagnostic {
  return {
    range: leak.range,
    severity: grades[leak.severity],
    source: diagnosticSource,
    code: leak.rule,
    // The page is Stripe's, and says nothing of another service's keys.
    ...(leak.service === undefined ? { codeDescription: { href: helpOf(leak.rule) } } : {}),
    message: describeLeak(leak),
    data: { fingerprint: leak.fingerprint } satisfies DiagnosticData,
  };
}

/** The editor itself shows no more of a document. */
const mostDiagnostics = 1000;

/** The leaks of a document as diagnostics, the first ones where they are too many for anybody to read. */
export function diagnosticsOf(leaks: readonly DocumentLeak[]): Diagnostic[] {
  const shown = leaks.slice(0, mostDiagnostics).map(diagnosticOf);
  const next = leaks[mostDiagnostics];
  if (next)
    shown.push({
      range: next.range,
      severity: DiagnosticSeverity.Error,
      source: diagnosticSource,
      code: 'too-many',
      message: `Here and below stand ${leaks.length - mostDiagnostics} more keys. The first ${mostDiagnostics} are flagged.`,
    });
  return shown;
}

/** The lines of a `.keysmithignore` that mean nothing. */
export const diagnoseIgnoreFile = (text: string): Diagnostic[] =>
  parseKeysmithIgnore(text).mistakes.map(({ line, why }) => ({
    range: { start: { line: line - 1, character: 0 }, end: { line, character: 0 } },
    severity: DiagnosticSeverity.Warning,
    source: diagnosticSource,
    code: 'ignore-file',
    message: `This line excuses nothing: ${why}.`,
  }));

/** Why a `keysmith.json` cannot be used. */
export function diagnosePolicyFile(text: string): Diagnostic[] {
  const policy = parsePolicy(text);
  if (policy.ok) return [];
  return [
    {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
      severity: DiagnosticSeverity.Error,
      source: diagnosticSource,
      code: 'policy-file',
      message: `This file ${policy.problem}. Until it is mended its rules do not count.`,
    },
  ];
}

/** Says that a document was not looked through. */
export const tooLargeDiagnostic: Diagnostic = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: DiagnosticSeverity.Information,
  source: diagnosticSource,
  code: 'too-large',
  message: 'This document is too large to be looked through for keys.',
};
