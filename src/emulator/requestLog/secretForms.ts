import { hasCheckDigit } from '../checkDigit.ts';

/** Stands where something was that no log may hold. */
export const removed = '[removed]';

/** Texts that are secrets by their form, wherever they stand: before one may be a letter or a digit, as in `\nsk…`. */
const forms = [
  '(?:[rs]k|sk_org|rkcs|ek|uk)_(?:test|live)_[\\w%-]+',
  'whsec_[\\w+/=-]+',
  'oak_\\w{8,}',
  '_secret_[0-9A-Za-z]+',
  '(?:bearer|basic)\\s+[\\w+/=.~-]{8,}',
  'eyJ[\\w-]+(?:\\.[\\w-]*){4}', // an encrypted key
  '\\d{12,}', // a card's or an account's number
  // One in groups, as it is printed on the card, whatever stands between them.
  '(?<!\\d)\\d{4}[^0-9A-Za-z]{1,3}(?:\\d{4}[^0-9A-Za-z]{1,3}\\d{4}(?:[^0-9A-Za-z]{1,3}\\d{1,7})?|\\d{6}[^0-9A-Za-z]{1,3}\\d{4,5})(?!\\d)',
  '(?<!\\d)\\d{3}-\\d{2}-\\d{4}(?!\\d)', // a social security number
];
const formPattern = new RegExp(forms.join('|'), 'gi');

/** Digits, each a little apart from the next. */
const spacedDigits = /\d(?:[^0-9A-Za-z]{0,2}\d){12,18}(?!\d)/g;
const accountPattern = /\b[A-Z]{2}\d{2}(?:[0-9A-Za-z]{11,30}|(?:[ -][0-9A-Z]{4}){2,7}(?:[ -][0-9A-Z]{1,3})?)\b/g;

/** Shorter than every secret that is told by its form. */
const shortest = 7;

/** A text without what is a secret by its form. */
export function withoutSecretForms(text: string): string {
  if (text.length < shortest) return text;
  return text
    .replaceAll(accountPattern, (found) => (isIban(found) ? removed : found))
    .replaceAll(formPattern, removed)
    .replaceAll(spacedDigits, (found) => (isSpacedCardNumber(found) ? removed : found));
}

/** The gaps are all alike, and the check digit is right: dates and addresses have digits in a row too. */
function isSpacedCardNumber(text: string): boolean {
  if (new Set(text.split(/\d+/).slice(1, -1)).size > 1) return false;
  return hasCheckDigit(text.replaceAll(/\D/g, ''));
}

/** By its check digits (ISO 7064). */
function isIban(text: string): boolean {
  const plain = text.replaceAll(/[ -]/g, '').toUpperCase();
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4))
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
