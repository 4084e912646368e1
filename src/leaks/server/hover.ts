import type { MarkupContent } from 'vscode-languageserver';
import { printable } from '../../shared/printable.ts';
import { describeKey } from '../describeLeak.ts';
import { accountOf, partsOf } from '../detect/structure.ts';
import { guardCommands, type KnownKey, type LeakPlace } from '../protocol.ts';
import type { DocumentLeak } from './documentModel.ts';
import type { OpenDocument } from './documents.ts';
import type { Remedy } from './remedies.ts';

export interface HoverFacts {
  readonly document: OpenDocument;
  readonly leak: DocumentLeak;
  /** What is known of the token. */
  readonly keys: readonly KnownKey[];
  /** Other documents that have it, with how often. */
  readonly elsewhere: readonly { readonly path: string; readonly count: number }[];
  /** What works where it stands, for a client that can run our commands. */
  readonly remedies: readonly Remedy[];
}

/** What is known of a leak, for a person; never its token. */
export function hoverText({ document, leak, keys, elsewhere, remedies }: HoverFacts): MarkupContent {
  const { fingerprint } = leak;
  const lines = [`**${describeKey(leak)}** ${code(leak.mask)}`];
  const account = leak.form === 'plain' ? accountOf(partsOf(document.model.text(leak.range))) : undefined;
  if (account && leak.rule !== 'emulator-key') lines.push(`Account, as the key itself tells: ${code(account)}`);
  if (leak.confidence === 'likely') lines.push('It may be a key of another service that looks alike.');
  for (const { name, where, status, lastUsed } of keys) {
    const facts = [
      where === 'vault' ? 'kept in the vault' : 'a key of the emulator',
      ...(status === undefined ? [] : [status]),
      ...(where === 'emulator'
        ? [lastUsed === undefined ? 'never used' : `last used ${lastUsed.slice(0, 16).replace('T', ' ')} UTC`]
        : []),
    ];
    lines.push(`**${plain(name)}**: ${facts.join(', ')}`);
  }
  if (elsewhere.length > 0) {
    const places = elsewhere.map(({ path, count }) => `${code(path)}${count > 1 ? ` (${count})` : ''}`);
    lines.push(`Also open in: ${places.join(', ')}`);
  }
  const place: LeakPlace = { uri: document.uri, range: leak.range, fingerprint };
  if (remedies.length > 0) lines.push(remedies.map((remedy) => link(remedy, place)).join(' · '));
  return { kind: 'markdown', value: lines.join('\n\n') };
}

/** Words of others without what Markdown would make of them. */
const plain = (text: string): string => printable(text).replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);

/** A text of others as it is: between more backticks than it has in a row. */
function code(text: string): string {
  const shown = printable(text);
  const most = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(most + 1);
  return most > 0 || shown.trim() !== shown || shown === '' ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

const titles: Readonly<Record<Remedy, string>> = {
  moveToVault: 'Move to vault',
  keepOut: 'Keep out of git',
  rotate: 'Rotate and replace',
};

const link = (remedy: Remedy, place: LeakPlace): string =>
  `[${titles[remedy]}](command:${guardCommands[remedy]}?${encodeURIComponent(JSON.stringify([place]))})`;
