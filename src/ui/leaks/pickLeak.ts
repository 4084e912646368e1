import * as vscode from 'vscode';
import { diagnosticSource, type LeakPlace } from '../../leaks/protocol.ts';
import { plainRange } from './applyFix.ts';
import { askChoice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';

/** The leak a command is about: the one at the cursor, the only one of the document, or the one a person chooses. */
export async function pickLeak(title: string): Promise<LeakPlace | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return nothing();
  const { uri } = editor.document;
  const leaks = vscode.languages.getDiagnostics(uri).flatMap((problem) => {
    const fingerprint = fingerprintIn(problem);
    return fingerprint === undefined
      ? []
      : [{ problem, place: { uri: uri.toString(), range: plainRange(problem.range), fingerprint } }];
  });
  const here = leaks.filter(({ problem }) => problem.range.contains(editor.selection.active));
  const [only, ...others] = here.length > 0 ? here : leaks;
  if (!only) return nothing();
  if (others.length === 0) return only.place;
  const chosen = await askChoice<LeakPlace>(
    { title },
    {
      placeholder: vscode.l10n.t('Which key?'),
      choices: [only, ...others].map(({ problem, place }) => ({
        label: problem.message,
        description: vscode.l10n.t('line {0}', problem.range.start.line + 1),
        value: place,
      })),
    },
  );
  return chosen === back ? undefined : chosen;
}

function nothing(): undefined {
  void vscode.window.showInformationMessage(vscode.l10n.t('There is no leaked key in this editor.'));
}

/** What our server puts into a diagnostic; the editor hands it on without a type. */
function fingerprintIn(problem: vscode.Diagnostic & { readonly data?: unknown }): string | undefined {
  if (problem.source !== diagnosticSource) return undefined;
  const { data } = problem;
  if (typeof data !== 'object' || data === null || !('fingerprint' in data)) return undefined;
  return typeof data.fingerprint === 'string' ? data.fingerprint : undefined;
}
