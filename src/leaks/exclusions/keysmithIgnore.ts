/**
 * `.keysmithignore`: lines of globs as in `.gitignore`, and lines that excuse one key wherever it stands, by its fingerprint. It is made
 * to be committed, so a token has no place in it.
 */
export const ignoreFileName = '.keysmithignore';

export interface KeysmithIgnore {
  /** In the syntax of `.gitignore`. */
  readonly globs: string;
  readonly fingerprints: ReadonlySet<string>;
  /** What could not be read, for the person who wrote it; lines count from 1. */
  readonly mistakes: readonly { readonly line: number; readonly why: string }[];
}

const fingerprintLine = /^\s*fingerprint:\s*(?<fingerprint>\S*)\s*(?:#.*)?$/;

export function parseKeysmithIgnore(text: string): KeysmithIgnore {
  const globs: string[] = [];
  const fingerprints = new Set<string>();
  const mistakes: { line: number; why: string }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const named = fingerprintLine.exec(line)?.groups?.['fingerprint'];
    if (named === undefined) globs.push(line);
    else if (/^[0-9a-f]{32}$/.test(named)) fingerprints.add(named);
    else mistakes.push({ line: index + 1, why: 'a fingerprint has 32 hexadecimal digits' });
  }
  return { globs: globs.join('\n'), fingerprints, mistakes };
}

/** The text with one more excused key; the same text where it is excused already. The reason becomes a comment. */
export function excuseFingerprint(text: string, fingerprint: string, reason: string): string {
  if (parseKeysmithIgnore(text).fingerprints.has(fingerprint)) return text;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : end;
  const comment = reason.trim() === '' ? '' : ` # ${reason.trim().replaceAll(/[\r\n]+/g, ' ')}`;
  return `${text}${gap}fingerprint:${fingerprint}${comment}${end}`;
}
