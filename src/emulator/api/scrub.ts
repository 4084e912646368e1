/** Texts that are secrets by their form: keys of any kind, webhook secrets, client secrets, encrypted keys, long digits of a card. */
const secretTexts =
  /\b(?:[rs]k|sk_org|rkcs|ek|uk)_(?:test|live)_[0-9A-Za-z]+|\bwhsec_[0-9A-Za-z+/=]+|\boak_\w+|_secret_[0-9A-Za-z]+|\beyJ[\w-]+(?:\.[\w-]*){4}|\b\d{12,19}\b/g;

/** Fields that are secrets by their name, in a form (`card[number]=…`) and in JSON. */
const secretNames = 'number|cvc|cvv|account_number|id_number|ssn_last_4|client_secret|secret|password|pin|data|payload';
const formFields = new RegExp(`((?:^|[&[])(?:${secretNames})(?:%5D|\\])?=)[^&]*`, 'gi');
const jsonFields = new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');

const longest = 8192;

/** A body fit for the request log: without secrets, and not longer than 8 KiB. */
export function scrub(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const fields = cut.startsWith('{')
    ? cut.replaceAll(jsonFields, '$1"[removed]"')
    : cut.replaceAll(formFields, '$1[removed]');
  return fields.replaceAll(secretTexts, '[removed]');
}
