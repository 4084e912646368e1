import { extname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { explainLoadingOf, manifestNames, type LoadingOffer } from '../fixes/loading.ts';
import { PlacedText } from '../placedText.ts';
import type { LoadAnswer, LoadOffer, LoadParams } from '../protocol.ts';
import type { Documents } from './documents.ts';
import { findPlainFile, type PlainFile } from './keyFile.ts';
import { lspEdit } from './planFix.ts';
import { readableAt } from './readable.ts';

const languages: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.rb': 'ruby',
  '.php': 'php',
  '.go': 'go',
  '.rs': 'rust',
  '.sh': 'shellscript',
};

/** How a document's program gets the variables of an environment file, and what would give it them. */
export async function explainLoading(
  documents: Documents,
  { uri, folder: folderUri, file }: LoadParams,
): Promise<LoadAnswer> {
  const folder = fileURLToPath(folderUri);
  const document = await readableAt(documents, uri, folder);
  if (!document.ok) return { message: '' };
  const { placed, path, language } = document.value;
  const manifests = new Map<string, PlainFile>();
  for (const name of manifestNames) {
    const manifest = await findPlainFile(folder, name);
    if (manifest.ok && manifest.value.mode !== undefined) manifests.set(name, manifest.value);
  }
  const { message, offer } = explainLoadingOf({
    language: language || (/^\.[cm]?[jt]sx?$/.test(extname(path)) ? 'javascript' : (languages[extname(path)] ?? '')),
    path: relative(folder, path).replaceAll(sep, '/'),
    text: placed.text,
    file,
    manifests: new Map([...manifests].map(([name, { text }]) => [name, text])),
  });
  // An edit in a cell of a notebook would have to know which cell runs first.
  if (!offer || (offer.kind === 'document' && !uri.startsWith('file:'))) return { message };
  return { message, offer: offerFor(offer, { uri, placed, manifests }) };
}

function offerFor(
  offer: LoadingOffer,
  {
    uri,
    placed,
    manifests,
  }: { readonly uri: string; readonly placed: PlacedText; readonly manifests: ReadonlyMap<string, PlainFile> },
): LoadOffer {
  switch (offer.kind) {
    case 'copy':
      return offer;
    case 'document':
      return { kind: 'edit', label: offer.label, uri, edits: [lspEdit(placed, offer.edit)] };
    case 'manifest': {
      const { path = '', text = '' } = manifests.get(offer.name) ?? {};
      const edits = offer.edits.map((edit) => lspEdit(new PlacedText(text), edit)).toReversed();
      return { kind: 'edit', label: offer.label, uri: pathToFileURL(path).href, edits };
    }
    default:
      return offer satisfies never;
  }
}
