import * as vscode from 'vscode';
import type { FileFindings, FoundLeak, ScanAnswer, Severity } from '../../leaks/protocol.ts';
import { diagnosticSource } from '../../leaks/protocol.ts';

/** A leak in a file of the workspace. */
export interface Finding extends FoundLeak {
  readonly uri: vscode.Uri;
}

/** What the last scan of the workspace found. Problems of documents that are open are the language server's; the others are shown here. */
export class Findings implements vscode.Disposable {
  readonly #byFile = new Map<string, FileFindings>();
  readonly #problems = vscode.languages.createDiagnosticCollection('keysmith-scan');
  readonly #changed = new vscode.EventEmitter<void>();
  #scans = 0;
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  /** The scan, without its files; undefined before the first. */
  last: Omit<ScanAnswer, 'files'> | undefined;

  constructor() {
    const show = ({ uri }: vscode.TextDocument): void => this.#show(uri);
    this.#subscriptions = vscode.Disposable.from(
      this.#problems,
      this.#changed,
      vscode.workspace.onDidOpenTextDocument(show),
      vscode.workspace.onDidCloseTextDocument(show),
    );
  }

  /** The id of a new scan, by which its progress is known. */
  newScan(): number {
    return (this.#scans += 1);
  }

  all(): Finding[] {
    return [...this.#byFile.values()].flatMap(({ uri, leaks }) => {
      const file = vscode.Uri.parse(uri);
      return leaks.map((leak) => ({ ...leak, uri: file }));
    });
  }

  /** Takes a scan of the whole workspace in the place of the one before. */
  replace({ files, ...scan }: ScanAnswer): void {
    this.#byFile.clear();
    for (const file of files) this.#byFile.set(file.uri, file);
    this.last = scan;
    this.#problems.clear();
    for (const { uri } of files) this.#show(vscode.Uri.parse(uri));
    this.#changed.fire();
  }

  /** Takes new findings of some files; those without any are clean now. */
  update(scanned: readonly vscode.Uri[], files: readonly FileFindings[]): void {
    for (const uri of scanned) this.#byFile.delete(uri.toString());
    for (const file of files) this.#byFile.set(file.uri, file);
    for (const uri of scanned) this.#show(uri);
    this.#changed.fire();
  }

  has(uri: vscode.Uri): boolean {
    return this.#byFile.has(uri.toString());
  }

  clear(): void {
    this.#byFile.clear();
    this.#problems.clear();
    this.last = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(uri: vscode.Uri): void {
    const found = this.#byFile.get(uri.toString());
    const open = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    this.#problems.set(uri, open || !found ? undefined : found.leaks.map(problemOf));
  }
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export function rangeOf({ range: { start, end } }: Pick<FoundLeak, 'range'>): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function problemOf(leak: FoundLeak): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(rangeOf(leak), leak.message, severities[leak.severity]);
  problem.source = diagnosticSource;
  problem.code = leak.rule;
  return problem;
}
