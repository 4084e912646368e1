import * as vscode from 'vscode';
import { guardMethods, type PasteAnswer, type PasteParams } from '../../leaks/protocol.ts';
import { guardedSchemes } from '../guardedDocuments.ts';
import { folderOf, plainRange, rangeFrom, writeFiles } from './applyFix.ts';
import { keepLeaked, type LeakDesk } from './moveLeak.ts';

const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('keysmith', 'vault');
/** Cheap, for it is asked at every paste. */
const mayHoldKey = /(?:sk|rk)_(?:org_)?(?:live|test)_[0-9A-Za-z]{24}/;

interface VaultPaste extends vscode.DocumentPasteEdit {
  readonly answer: NonNullable<PasteAnswer>;
}

/** Offers to paste a key as the environment variable that holds it. */
export function registerPasteGuard(desk: LeakDesk, enabled: () => boolean): vscode.Disposable {
  const provider: vscode.DocumentPasteEditProvider<VaultPaste> = {
    async provideDocumentPasteEdits(document, ranges, data, _context, cancel) {
      const [range, ...others] = ranges;
      const text = await data.get('text/plain')?.asString();
      if (!enabled() || !range || others.length > 0 || text === undefined || !mayHoldKey.test(text)) return undefined;
      const params: PasteParams = {
        uri: document.uri.toString(),
        range: plainRange(range),
        text,
        folder: folderOf(document.uri).toString(),
      };
      const answer = (await desk.guard.request(guardMethods.paste, params, cancel)) as PasteAnswer | null;
      if (!answer) return undefined;
      const edit = new vscode.DocumentPasteEdit(
        answer.insertText,
        vscode.l10n.t('Move the key to the vault and read {0}', answer.variable),
        kind,
      );
      return [Object.assign(edit, { answer })];
    },
    async resolveDocumentPasteEdit(paste) {
      // Asked when the edit has been chosen: until then nothing is kept and nothing written.
      const { answer } = paste;
      await keepLeaked(desk, answer);
      const edit = new vscode.WorkspaceEdit();
      const uri = vscode.window.activeTextEditor?.document.uri;
      if (uri) for (const { range, newText } of answer.edits) edit.replace(uri, rangeFrom(range), newText);
      paste.additionalEdit = edit;
      await writeFiles(answer.files);
      return paste;
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider(
    guardedSchemes.map((scheme) => ({ scheme })),
    provider,
    { providedPasteEditKinds: [kind], pasteMimeTypes: ['text/plain'] },
  );
}
