import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { findLeaks } from '../detect/findLeaks.ts';
import type { Leak } from '../leak.ts';
import { diagnosticSource } from '../protocol.ts';

/** The leaks of a document as diagnostics. The message shows the mask, never the token. */
export function diagnose(document: TextDocument): Diagnostic[] {
  return findLeaks(document.getText()).map((leak) => ({
    range: { start: document.positionAt(leak.start), end: document.positionAt(leak.end) },
    severity: leak.mode === 'live' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: diagnosticSource,
    code: leak.rule,
    message: message(leak),
  }));
}

function message({ mode, kind, mask }: Leak): string {
  const what = `Stripe ${mode === 'live' ? 'LIVE' : 'test'} ${kind} key`;
  return `${what} in source: ${mask}. Move it out of the code and rotate it.`;
}
