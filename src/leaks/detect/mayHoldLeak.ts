/**
 * What every leak has one of, whatever its form: searching bytes for these is cheaper than decoding them. An escaped underscore ends with
 * one of `f`, `F`, `;`; base64 of a token begins with one of four texts.
 */
const needles = [
  '_live',
  '_test',
  'whsec',
  'oak_',
  'c2tf',
  'cmtf',
  'cmtjc',
  'd2hz',
  '5flive',
  '5Flive',
  '5ftest',
  '5Ftest',
]
  .concat([';live', ';test', 'lowbar;'])
  .map((needle) => Buffer.from(needle, 'latin1'));
const wideNeedles = ['_live_', '_test_', 'whsec_', 'oak_'].flatMap((needle) => [
  Buffer.from(needle, 'utf16le'),
  Buffer.from(needle, 'utf16le').swap16(),
]);

/** False only where a text in these bytes holds no leak. The bytes may be UTF-16. */
export function mayHoldLeak(bytes: Buffer): boolean {
  if (needles.some((needle) => bytes.includes(needle))) return true;
  return mayBeWide(bytes) && wideNeedles.some((needle) => bytes.includes(needle));
}

/** UTF-16 says so by its mark, or has a zero among its first letters. */
const mayBeWide = (bytes: Buffer): boolean => (bytes[0] ?? 0) >= 0xfe || bytes.subarray(0, 64).includes(0);
