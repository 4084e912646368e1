/** What holds more than its bytes show: its contents are packed, or laid out for a program. */
export type Sealed = 'archive' | 'database';

type Signature = readonly [kind: Sealed, at: number, bytes: string];

/** How such files begin, as Latin-1. */
const signatures: readonly Signature[] = [
  ['archive', 0, 'PK\u0003\u0004'], // also of jar, docx, xlsx, whl, apk, vsix
  ['archive', 0, 'PK\u0005\u0006'],
  ['archive', 0, '\u001f\u008b'],
  ['archive', 0, '\u001f\u009d'],
  ['archive', 0, 'BZh'],
  ['archive', 0, '\u00fd7zXZ\0'],
  ['archive', 0, '(\u00b5/\u00fd'],
  ['archive', 0, '\u0004"M\u0018'],
  ['archive', 0, '7z\u00bc\u00af\u0027\u001c'],
  ['archive', 0, 'Rar!\u001a\u0007'],
  ['archive', 0, 'MSCF\0\0\0\0'],
  ['archive', 0, '!<arch>\n'],
  ['archive', 257, 'ustar'],
  ['archive', 0, '070701'],
  ['database', 0, 'SQLite format 3\0'],
  ['database', 0, 'PGDMP'],
  ['database', 0, 'REDIS0'],
  ['database', 0, 'PAR1'],
  ['database', 8, 'DUCK'],
  ['database', 4, 'Standard Jet DB'],
  ['database', 4, 'Standard ACE DB'],
  ['database', 12, '\u0062\u0031\u0005\0'],
  ['database', 12, '\u0061\u0015\u0006\0'],
  ['database', 16, '\u00de\u00c0\u00ef\u00be'],
];

/** How much of a file tells what it is. */
const mostHead = 512;

/** By its beginning; undefined where it is neither. A text is a text, whatever it begins with. */
export function sealedBy(content: Buffer): Sealed | undefined {
  const head = content.subarray(0, mostHead);
  const begin = head.toString('latin1');
  const [kind] = signatures.find(([, at, bytes]) => begin.startsWith(bytes, at)) ?? [];
  return kind !== undefined && head.some(isNoCharacter) ? kind : undefined;
}

/** A control character that no text has, for white space and escapes are some too. */
const isNoCharacter = (byte: number): boolean => byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b;
