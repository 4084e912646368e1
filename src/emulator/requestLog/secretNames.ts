/** Whether what stands below a name is a secret: `all` of it, or only a plain `value`. */
export type NameVerdict = 'all' | 'value' | undefined;

/** Ends of names; what stands before may say whose it is, as in `payment_intent_client_secret`. */
const ends =
  /(?:cvc2?|cvv2?|securitycode|cardcode|verificationvalue|cardnumber|accountnumber|idnumbers?|idnumbersecondary|ssnlast4|socialsecuritynumber|cryptogram|pinblock|encryptednumber|trackdata|swipedata|emvdata|secret|secretkey|apikey|privatekey|password|passwd|passphrase|accesstoken|refreshtoken|authorization)$/;
/** Names that are too short to be looked for at an end. */
const whole = new Set(['csc', 'pan', 'iban', 'ssn', 'track1', 'track2']);
/** Names that also have harmless meanings: `data` is a list of objects elsewhere, `number` that of an invoice. */
const plainOnly = new Set(['number', 'pin', 'data', 'payload']);

/** Names that were judged before: there are few, and each stands in every object. */
const judged = new Map<string, NameVerdict>();
const mostJudged = 4096;

export function judgeName(name: string): NameVerdict {
  if (judged.has(name)) return judged.get(name);
  const verdict = judgeNew(name);
  if (judged.size >= mostJudged) judged.clear();
  if (name.length < 64) judged.set(name, verdict);
  return verdict;
}

function judgeNew(name: string): NameVerdict {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (whole.has(plain) || ends.test(plain)) return 'all';
  return plainOnly.has(plain) ? 'value' : undefined;
}

/** A name of a secret in running text, with what it stands for: `cvc: 123`, `<cvc>123</cvc>`. */
export const namedInText =
  /(?<![a-z])(?:cvc|cvv|csc|security[ _-]?code|card[ _-]?number|account[ _-]?number|id[ _-]?number|ssn(?:[ _-]?last[ _-]?4)?|card\[number\])["'\]]*\s*[=:>]\s*["'[]*[\w*]/i;
