const underscore = '(?:_|%5f)';
const gap = '(?:[ +-]|%20)';

/** Texts that are secrets by their form, wherever they stand: before one may be a letter or a digit, as in `%20sk…` and `\nsk…`. */
const secretForms = [
  `(?:[rs]k|sk${underscore}org|rkcs|ek|uk)${underscore}(?:test|live)${underscore}[\\w%-]+`,
  'whsec_[0-9A-Za-z+/=]+',
  'oak_\\w{8,}',
  '_secret_[0-9A-Za-z]+',
  'eyJ[\\w-]+(?:\\.[\\w-]*){4}', // an encrypted key
  '(?<!\\d)\\d{12,21}(?!\\d)', // a card's number, with the digits of a `%20` before it
  `(?<!\\d)\\d{4}${gap}(?:\\d{4}${gap}\\d{4}(?:${gap}\\d{4})?|\\d{6}${gap}\\d{5})(?!\\d)`,
];
const secretTexts = new RegExp(secretForms.join('|'), 'gi');

/** Fields that are secrets by their name, in a form (`card[number]=…`, brackets encoded or not) and in JSON. */
const secretNames = 'number|cvc|cvv|account_number|id_number|ssn_last_4|client_secret|secret|password|pin|data|payload';
const formFields = new RegExp(`((?:^|[&[]|%5B)(?:${secretNames})(?:%5D|\\])?=)[^&]*`, 'gi');
const jsonFields = new RegExp(`("(?:${secretNames})"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|-?\\d[\\d.]*)`, 'gi');

const longest = 8192;

/** A text fit for the request log: without secrets, and not longer than 8 KiB. */
export function scrub(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const fields = /^\s*\{/.test(cut)
    ? cut.replaceAll(jsonFields, '$1"[removed]"')
    : cut.replaceAll(formFields, '$1[removed]');
  return fields.replaceAll(secretTexts, '[removed]');
}
