import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { describeLeak, helpOf } from '../describeLeak.ts';
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
    codeDescription: { href: helpOf(leak.rule) },
    message: describeLeak(leak),
    data: { fingerprint: leak.fingerprint } satisfies DiagnosticData,
  };
}

/** Says that a document was not looked through. */
export const tooLargeDiagnostic: Diagnostic = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: DiagnosticSeverity.Information,
  source: diagnosticSource,
  code: 'too-large',
  message: 'This document is too large to be looked through for keys.',
};
