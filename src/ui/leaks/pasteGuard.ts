import * as vscode from 'vscode';
import { guardMethods, type PasteAnswer, type PasteParams } from '../../leaks/protocol.ts';
import { guardedSchemes } from '../guardedDocuments.ts';
import { editOf, folderOf, keepInFile, plainRange } from './applyFix.ts';
import { keepLeaked, type LeakDesk } from './moveLeak.ts';

const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('keysmith', 'vault');
/** Cheap, for it is asked at every paste. */
const mayHoldKey = /(?:[sr]k_(?:org_)?(?:live|test)|whsec)_[0-9A-Za-z]{24}/;
/** What the editor itself knows of a text that was copied in it. */
const copiedInEditor = 'vscode-editor-data';

interface VaultPaste extends vscode.DocumentPasteEdit {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
  readonly answer: NonNullable<PasteAnswer>;
}

/** Offers to paste keys as the environment variables that hold them. */
export function registerPasteGuard(desk: LeakDesk, enabled: () => boolean): vscode.Disposable {
  const provider: vscode.DocumentPasteEditProvider<VaultPaste> = {
    async provideDocumentPasteEdits(document, ranges, data, _context, cancel) {
      const text = await data.get('text/plain')?.asString();
      const folder = folderOf(document.uri)?.toString();
      if (!enabled() || text === undefined || folder === undefined || !mayHoldKey.test(text)) return undefined;
      const pastes = pastesOf(document, ranges, text, await copyFacts(data));
      const { version } = document;
      const params: PasteParams = { uri: document.uri.toString(), pastes, folder };
      const answer = (await desk.guard.request(guardMethods.paste, params, cancel)) as PasteAnswer | null;
      const [first, ...others] = answer?.keys ?? [];
      if (!answer || !first) return undefined;
      const title =
        others.length === 0
          ? vscode.l10n.t('Put the key away and read {0}', first.variable)
          : vscode.l10n.t('Put the keys away and read environment variables');
      // The text is empty, so that the editor makes our edits alone: ours take the place of what surrounds the cursor, quotes for example, and
      // edits that touch what the editor pastes would be lost with it.
      return [Object.assign(new vscode.DocumentPasteEdit('', title, kind), { document, version, text, answer })];
    },
    async resolveDocumentPasteEdit(paste) {
      // Asked when the edit has been chosen: until then nothing is kept and nothing written.
      const why = await desk.notifier.run('Pasting a key', () => putAway(desk, paste));
      if (why === '') paste.additionalEdit = editOf(paste.document.uri, paste.answer.edits);
      else paste.insertText = paste.text; // as if there were no guard, whose findings then show the key
      if (why) desk.notifier.warning(why);
      return paste;
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider(
    guardedSchemes.map((scheme) => ({ scheme })),
    provider,
    { providedPasteEditKinds: [kind], pasteMimeTypes: ['text/plain'] },
  );
}

/** Keeps the keys of a paste in the vault and the environment file. Answers nothing where they are there, else why not. */
async function putAway(desk: LeakDesk, { document, version, answer }: VaultPaste): Promise<string> {
  const folder = folderOf(document.uri)?.toString();
  if (document.version !== version || folder === undefined)
    return vscode.l10n.t('The text was changed meanwhile: the key was pasted as it is.');
  for (const key of answer.keys) await keepLeaked(desk, key);
  const { keys, file, example } = answer;
  const variables = keys.map(({ variable: name, token: value }) => ({ name, value }));
  const kept = await keepInFile(desk.guard, { folder, file, example, variables });
  return kept.ok ? '' : vscode.l10n.t('The key was pasted as it is. {0}', kept.why);
}

interface CopyFacts {
  /** A whole line was copied, with nothing selected. */
  readonly wholeLine: boolean;
  /** What each of several cursors had copied. */
  readonly parts: readonly string[];
}

async function copyFacts(data: vscode.DataTransfer): Promise<CopyFacts> {
  try {
    const json: unknown = JSON.parse((await data.get(copiedInEditor)?.asString()) ?? 'null');
    const { isFromEmptySelection, multicursorText } = Object(json) as Record<string, unknown>;
    const parts = Array.isArray(multicursorText) ? multicursorText.filter((part) => typeof part === 'string') : [];
    return { wholeLine: isFromEmptySelection === true, parts };
  } catch {
    return { wholeLine: false, parts: [] }; // another program's, in a shape that we do not know
  }
}

/** What the editor itself would paste, and where. */
function pastesOf(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  text: string,
  { wholeLine, parts }: CopyFacts,
): PasteParams['pastes'] {
  const spread = vscode.workspace.getConfiguration('editor', document).get('multiCursorPaste') !== 'full';
  const lines = text.replace(/\r?\n$/, '').split(/\r\n|\n|\r/);
  const each = parts.length === ranges.length ? parts : spread && lines.length === ranges.length ? lines : undefined;
  return ranges.map((range, index) => {
    const own = ranges.length > 1 ? (each?.[index] ?? text) : text;
    const above = wholeLine && range.isEmpty && ranges.length === 1 && /^[^\r\n]*\r?\n$/.test(own);
    return {
      range: plainRange(
        above ? range.with(range.start.with({ character: 0 }), range.start.with({ character: 0 })) : range,
      ),
      text: own,
    };
  });
}
