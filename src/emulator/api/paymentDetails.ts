import { createHmac, randomBytes } from 'node:crypto';
import { hasCheckDigit } from '../checkDigit.ts';
import type { Parameters } from './parameters.ts';

/**
 * Parameters with payment details as Stripe keeps them: of a card its brand, last four digits and fingerprint, of a bank account its
 * last four and fingerprint, of a number that identifies somebody that it was provided. Security codes are kept by nobody.
 */
export function asStripeKeeps(parameters: Parameters): Parameters {
  return keptFields(parameters, '');
}

function kept(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => kept(item, name));
  return isFields(value) ? keptFields(value, name) : value;
}

function keptFields(fields: Fields, name: string): Fields {
  const card = isCard(fields, name);
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    const plain = plainName(field);
    if (field === 'metadata') result[field] = value;
    else if (neverKept.has(plain)) continue;
    else if (plain === 'idnumbers') result[field] = withoutValues(value);
    else if (identifying.has(field) || (name === 'company' && field === 'tax_id'))
      result[`${field}_provided`] = isGiven(value);
    else if (cardNumbers.has(plain) || (card && plain === 'number')) Object.assign(result, cardOf(value));
    else if (accountNumbers.has(plain)) Object.assign(result, bankAccountOf(value, plain));
    else result[field] = kept(value, field);
  }
  return result;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Written in whatever way: `security_code`, `securityCode`. */
const plainName = (field: string): string => field.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const securityCodes = ['cvc', 'cvc2', 'cvv', 'cvv2', 'csc', 'securitycode', 'cardsecuritycode', 'verificationvalue'];
const ofReaders = [
  'cryptogram',
  'pin',
  'pinblock',
  'encryptednumber',
  'track1',
  'track2',
  'trackdata',
  'swipedata',
  'emvdata',
];
const neverKept = new Set([...securityCodes, ...ofReaders]);
const cardNumbers = new Set(['cardnumber', 'pan', 'primaryaccountnumber']);
const accountNumbers = new Set(['accountnumber', 'bankaccountnumber', 'iban']);
const identifying = new Set(['id_number', 'id_number_secondary', 'ssn_last_4']);

const isGiven = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** v2 names the kinds of numbers that were given, and never the numbers. */
const withoutValues = (list: unknown): unknown =>
  Array.isArray(list) ? list.map((item) => (isFields(item) && 'type' in item ? { type: item['type'] } : {})) : [];

/** Whether `number` is the number of a card here: elsewhere it may be that of an invoice. */
function isCard(fields: Fields, name: string): boolean {
  if (!('number' in fields)) return false;
  return (
    name === 'card' ||
    name === 'network_token' ||
    fields['object'] === 'card' ||
    Object.keys(fields).some((field) => field === 'exp_month' || neverKept.has(plainName(field))) ||
    isCardNumber(digitsOf(fields['number']))
  );
}

const digitsOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll(/\D/g, '') : '';

function cardOf(value: unknown): Fields {
  const digits = digitsOf(value);
  if (digits === '') return {};
  return {
    brand: brandOf(digits),
    country: 'US',
    fingerprint: fingerprintOf(digits),
    funding: fundings[digits] ?? 'credit',
    last4: digits.slice(-4),
  };
}

function bankAccountOf(value: unknown, plain: string): Fields {
  if (typeof value !== 'string' && typeof value !== 'number') return {};
  const text = String(value).replaceAll(/[^0-9A-Za-z]/g, '');
  const [, country] = plain === 'iban' ? (/^([A-Za-z]{2})\d/.exec(text) ?? []) : [];
  return {
    ...(country ? { country: country.toUpperCase() } : {}),
    fingerprint: fingerprintOf(text),
    // Of a number this short, four digits would be most of it.
    last4: text.length < 6 ? '' : text.slice(-4),
  };
}

/** As Stripe issues them: the same for the same number. A plain hash of a card's number can be guessed, so its key is in memory only. */
const fingerprintKey = randomBytes(32);
const fingerprintOf = (text: string): string =>
  createHmac('sha256', fingerprintKey).update(text).digest('base64').replaceAll(/\W/g, '').slice(0, 16);

/** By the first digits, which networks share out among themselves. */
const brands: readonly (readonly [brand: string, first: RegExp])[] = [
  ['visa', /^4/],
  ['mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/],
  ['amex', /^3[47]/],
  ['discover', /^(?:6011|64[4-9]|65)/],
  ['diners', /^(?:30[0-5]|3[689])/],
  ['jcb', /^35/],
  ['unionpay', /^62/],
];
const brandOf = (digits: string): string => brands.find(([, first]) => first.test(digits))?.[0] ?? 'unknown';

/** Of Stripe's test cards that are not credit cards (documented). */
const fundings: Readonly<Record<string, string>> = {
  '4000056655665556': 'debit',
  '5200828282828210': 'debit',
  '5105105105105100': 'prepaid',
  '6011981111111113': 'debit',
};

/** By its length, its brand and its check digit. */
const isCardNumber = (digits: string): boolean =>
  digits.length >= 13 && digits.length <= 19 && brandOf(digits) !== 'unknown' && hasCheckDigit(digits);
