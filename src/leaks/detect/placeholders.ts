/**
 * Whether a body was written by a person to stand for a key. Each rule was chosen so that random bodies hardly ever meet it: a key that
 * is taken for a placeholder is a leak that is missed.
 */
export function isPlaceholder(body: string): boolean {
  return (
    isMonotonous(body) ||
    coverage(body, sequences(body)) >= 0.3 ||
    isWordy(body) ||
    isRepetition(body) ||
    isIdentifier(body)
  );
}

const sevenAlike = /(.)\1{6}/i;
const leastDistinct = 8;

function isMonotonous(body: string): boolean {
  if (sevenAlike.test(body)) return true;
  const counts = new Map<string, number>();
  for (const character of body) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts.size < leastDistinct || Math.max(...counts.values()) > body.length / 2;
}

const coverage = (body: string, covered: number): number => covered / body.length;

const leastSequence = 5;

/** How many characters stand in runs such as `abcde`, `54321`. */
function sequences(body: string): number {
  let covered = 0;
  let start = 0;
  let step = 0;
  const close = (end: number): void => {
    if (end - start >= leastSequence) covered += end - start;
  };
  for (let index = 1; index < body.length; index += 1) {
    const difference = body.charCodeAt(index) - body.charCodeAt(index - 1);
    if (Math.abs(difference) === 1 && (difference === step || index - start === 1)) {
      step = difference;
      continue;
    }
    close(index);
    const goesOn = Math.abs(difference) === 1;
    start = goesOn ? index - 1 : index;
    step = goesOn ? difference : 0;
  }
  close(body.length);
  return covered;
}

const words = `
  your secret test live stripe example sample dummy fake placeholder changeme change replace insert here demo mock token
  string value redacted hidden invalid valid real this account publishable restricted undefined null none password never
  commit some random fixture default local production development staging sandbox customer payment webhook project
  private public actual goes with from only not key api foo bar baz xxx abc todo use the and for bogus blank missing
`
  .trim()
  .split(/\s+/);
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const longestFirst = (one: string, other: string): number => other.length - one.length;
/** In one case style each: `MoCk` is no word, and stands in real bodies. */
const wordPattern = new RegExp(
  words
    .flatMap((word) => [word, capitalised(word), word.toUpperCase()])
    .toSorted(longestFirst)
    .join('|'),
  'g',
);
const leastWords = 8;

function isWordy(body: string): boolean {
  const covered = (body.match(wordPattern) ?? []).join('').length;
  return covered >= leastWords && coverage(body, covered) >= 0.3;
}

const leastRepeated = 0.7;
const longestBlock = 16;

/** A block over and over, such as `a1b2c3a1b2c3…`. */
function isRepetition(body: string): boolean {
  for (let block = 1; block <= Math.min(longestBlock, body.length >> 1); block += 1) {
    let same = block;
    while (same < body.length && body[same] === body[same - block]) same += 1;
    if (same >= 2 * block && same >= body.length * leastRepeated) return true;
  }
  return false;
}

/** Letters that follow each other in no word of a language that identifiers are made of. */
const unspeakable = /q(?!u)|[jvxz][bcdfghjklmnpqrstvwxz]|([a-z])\1\1|yy|[bcdfghjklmnpqrstvwxz]{5}/i;

/** Words of an identifier: `thisIsTheNameOfAVariable`. */
function isIdentifier(body: string): boolean {
  if (/\d/.test(body) || unspeakable.test(body)) return false;
  const inWords = (body.match(/[A-Z]?[a-z]{2,}/g) ?? []).filter((word) => /[aeiouy]/i.test(word));
  return coverage(body, inWords.join('').length) >= 0.85;
}
