import { pathToFileURL } from 'node:url';
import { findLeaks } from '../../../src/leaks/detect/findLeaks.ts';
import type { Fixes } from '../../../src/leaks/fixes/fixes.ts';
import { PlacedText } from '../../../src/leaks/placedText.ts';
import { DocumentModel } from '../../../src/leaks/server/documentModel.ts';
import type { Documents, OpenDocument } from '../../../src/leaks/server/documents.ts';
import { planFix } from '../../../src/leaks/server/planFix.ts';
import { liveSecret } from '../../unit/fixtures.ts';

export const key = liveSecret(99);
/** What the plan calls it where the text suggests no name. */
export const usualName = 'STRIPE_SECRET_KEY';

/** A row's program with the key in it. */
export const withKey = (source: string, row = 0): string =>
  source.replaceAll('§', key).replace('‹', key.slice(0, 12)).replace('›', key.slice(12)).replaceAll('#N', String(row));

export interface FixedText {
  readonly text: string;
  /** Why the first key is not replaced. */
  readonly why?: string;
}

/** What becomes of a text when every key in it is moved, as the server plans it for an open document. */
export async function fixAll(fixes: Fixes, before: string, language: string, path: string): Promise<FixedText> {
  const folder = pathToFileURL('/nowhere').href;
  const uri = pathToFileURL(`/nowhere/${path}`).href;
  let text = before;
  for (let count = 0; count < 5; count += 1) {
    const [leak] = findLeaks(text, { path, language });
    if (!leak) return { text };
    const model = new DocumentModel(text, { path, language });
    const document: OpenDocument = { uri, language, path: `/nowhere/${path}`, model, version: 1, edition: 1 };
    const documents = { get: (asked: string) => (asked === uri ? document : undefined) } as unknown as Documents;
    const placed = new PlacedText(text);
    const place = { uri, range: placed.rangeAt(leak.start, leak.end), fingerprint: leak.fingerprint };
    const answer = await planFix({ documents, fixes }, { place, folder });
    if (!answer.ok) return { text, why: answer.why };
    for (const { range, newText } of answer.edits) {
      const now = new PlacedText(text);
      text = text.slice(0, now.offsetAt(range.start)) + newText + text.slice(now.offsetAt(range.end));
    }
  }
  return { text, why: 'Moves take no key out.' };
}
