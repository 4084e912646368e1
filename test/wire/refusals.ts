import assert from 'node:assert/strict';
import type { RawAnswer } from './rawCall.ts';

/** What a client must receive for a refusal. */
interface Refusal {
  readonly status: number;
  readonly code?: string;
  /** Otherwise `invalid_request_error`, as for every refusal of access. */
  readonly type?: string;
  readonly message: RegExp;
  /** The page of documentation, where the code has one. */
  readonly docs?: string;
  readonly parameter?: RegExp;
}

/** A token in a message: its prefix, stars, and the last 4 or 6 characters. */
const masked = String.raw`(?:pk|sk|rk|sk_org)_(?:test|live)_\*{20,}\w{4,6}`;
const docs = (code: string): string => `https://stripe.com/docs/error-codes/${code}`;

/** Written down from what is known of the wire, not read from the emulator. */
export const refusals = {
  noKey: {
    status: 401,
    message:
      /^You did not provide an API key\. You need to provide your API key in the Authorization header, using Bearer auth \(e\.g\. 'Authorization: Bearer YOUR_SECRET_KEY'\)\. See https:\/\/stripe\.com\/docs\/api#authentication for details, or we can help at https:\/\/support\.stripe\.com\/\.$/,
  },
  unknownKey: { status: 401, message: /^Invalid API Key provided: .+$/ },
  expiredKey: {
    status: 401,
    code: 'api_key_expired',
    docs: docs('api-key-expired'),
    message: new RegExp(`^Expired API Key provided: ${masked}$`),
  },
  address: {
    status: 403,
    message: /^The API key provided does not allow requests from your IP address \(.*\)\.$/,
  },
  noContext: {
    status: 400,
    message: /^Please include the Stripe-Context header with your target account when using an Organization API key\.$/,
  },
  noOrganizationVersion: {
    status: 400,
    message: /^Please include the Stripe-Version header with your API version when using an Organization API key\.$/,
  },
  noVersion: { status: 400, message: /^Please include the Stripe-Version header .* v2 API\.$/ },
  badVersion: { status: 400, message: /^Invalid Stripe API version: .+$/ },
  account: {
    status: 403,
    code: 'account_invalid',
    docs: docs('account-invalid'),
    message: new RegExp(
      `^The provided key '${masked}' does not have access to account '[^']*' \\(or that account does not exist\\)\\. Application access may have been revoked\\.$`,
    ),
  },
  noPlatform: {
    status: 403,
    code: 'platform_account_required',
    docs: docs('platform-account-required'),
    message: /^Only Stripe Connect platforms can work with other accounts\./,
  },
  noConnect: {
    status: 403,
    message:
      /^You passed a restricted API key with the Stripe-Account header, but the restricted API key does not have any Connect permissions\.$/,
  },
  publishable: {
    status: 401,
    code: 'secret_key_required',
    docs: docs('secret-key-required'),
    message:
      /^This API call cannot be made with a publishable API key\. Please use a secret API key\. You can find a list of your API keys at https:\/\/dashboard\.stripe\.com\/account\/apikeys\.$/,
  },
  permission: {
    status: 403,
    code: 'more_permissions_required',
    message: new RegExp(
      `^Permission denied\\. The provided key '${masked}' does not have the required permissions for this endpoint on account 'acct_\\w+'\\. ` +
        `Enabling "[A-Z][^"]* (?:Read|Write)" \\('[a-z_0-9]+_(?:read|write)'\\) permissions on this key would allow this request to continue\\. ` +
        `You can edit permissions at https://dashboard\\.stripe\\.com/b/acct_\\w+\\?destination=(?:%2Ftest)?%2Fapikeys%2Fmk_\\w+%2Fedit$`,
    ),
  },
  unavailable: {
    status: 403,
    code: 'more_permissions_required',
    message: new RegExp(
      `^The provided key '${masked}' does not have the required permissions for this endpoint on account 'acct_\\w+'\\. This is a restricted API key, but the required permissions are not available for use by restricted keys\\.$`,
    ),
  },
  unknownPath: {
    status: 404,
    message:
      /^Unrecognized request URL \([A-Z]+: \/\S*\)\. If you are trying to list objects, remove the trailing slash\. If you are trying to retrieve an object, make sure you passed a valid \(non-empty\) identifier in your code\. Please see https:\/\/stripe\.com\/docs or we can help at https:\/\/support\.stripe\.com\/\.$/,
  },
  missing: {
    status: 404,
    code: 'resource_missing',
    docs: docs('resource-missing'),
    parameter: /^\w+$/,
    message: /^No such [\w. ]+: '[^']+'$/,
  },
  missingParameter: {
    status: 400,
    code: 'parameter_missing',
    docs: docs('parameter-missing'),
    parameter: /^\w+$/,
    message: /^Missing required param: \w+\.$/,
  },
  clientSecret: { status: 400, parameter: /^client_secret$/, message: /^The client_secret provided does not match/ },
  idempotencyEmpty: { status: 400, message: /^Idempotency Key must be a non-empty string\.$/ },
  idempotencyLong: { status: 400, message: /255 characters/ },
  idempotencyMismatch: {
    status: 400,
    type: 'idempotency_error',
    message:
      /^Keys for idempotent requests can only be used with the same parameters they were first used with\. Try using a key other than '.+' if you meant to execute a different request\.$/,
  },
  idempotencyInUse: {
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    docs: docs('idempotency-key-in-use'),
    message:
      /^There is currently another in-progress request using this Idempotent Key \(that probably means you submitted twice, and the other request is still going through\): .+\. Please try again later\.$/,
  },
  notEmulated: {
    status: 501,
    type: 'api_error',
    code: 'not_emulated',
    message: /^Keysmith's emulator does not emulate (?:GET|POST|DELETE) \/\S+(?: \([\w.]+\))?\./,
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalName = keyof typeof refusals;

/** Refused before it was settled for which account: an organization's key then leads to no account's log. */
const unsettled: ReadonlySet<RefusalName> = new Set(['address', 'noContext', 'account', 'noPlatform']);

/** Asserts that an answer is this refusal in every part: status, body, headers. `words` must stand in its message. */
export function assertRefused({ status, headers, json }: RawAnswer, name: RefusalName, ...words: string[]): void {
  const wanted: Refusal = refusals[name];
  const { error } = json;
  assert.deepEqual(
    [status, error?.type, error?.code, error?.doc_url],
    [wanted.status, wanted.type ?? 'invalid_request_error', wanted.code, wanted.docs],
    `${name}, not: ${error?.message}`,
  );
  assert.match(error.message, wanted.message);
  for (const word of words) assert.ok(error.message.includes(word), `${word} in: ${error.message}`);
  assert.doesNotMatch(error.message, /(?:sk|rk|sk_org)_(?:test|live)_[0-9A-Za-z]/, 'a token in the open');
  if (wanted.parameter) assert.match(error.param, wanted.parameter);
  else assert.equal(error.param, undefined);
  assert.deepEqual(Object.keys(error), Object.keys(error).toSorted(), 'fields in alphabetical order');
  assertReplyHeaders(headers);
  assert.equal(headers['www-authenticate'], status === 401 ? 'Basic realm="Stripe"' : undefined);
  if (status === 401) assert.equal(error.request_log_url, undefined);
  else if (error.request_log_url !== undefined || !unsettled.has(name)) assertLogUrl(error.request_log_url, headers);
}

function assertLogUrl(url: unknown, headers: RawAnswer['headers']): void {
  assert.match(String(url), /^https:\/\/dashboard\.stripe\.com\/acct_\w+\/(?:test\/)?workbench\/logs\?object=req_\w+$/);
  assert.ok(String(url).endsWith(String(headers['request-id'])));
}

/** The headers that stand on every reply. */
export function assertReplyHeaders(headers: RawAnswer['headers']): void {
  assert.match(String(headers['request-id']), /^req_\w{14}$/);
  assert.match(String(headers['content-type']), /^application\/json/);
  assert.deepEqual(
    [
      headers['cache-control'],
      headers['vary'],
      headers['access-control-allow-origin'],
      headers['access-control-allow-methods'],
      headers['access-control-max-age'],
    ],
    ['no-cache, no-store', 'Origin', '*', 'GET, HEAD, PUT, PATCH, POST, DELETE', '300'],
  );
}

/** Asserts that a request was let in and answered. */
export function assertAnswered(answer: RawAnswer): void {
  assert.equal(answer.status, 200, answer.json?.error?.message);
  assertReplyHeaders(answer.headers);
  assert.match(String(answer.headers['stripe-version']), /^\d{4}-\d{2}-\d{2}/);
}
