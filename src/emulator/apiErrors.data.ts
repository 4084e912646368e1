import type { ApiProblem } from '../domain/problem.ts';
import { tokenModeOf, type Mode } from '../domain/mode.ts';

/**
 * How sure a fact of the wire is: `captured` in a real reply or Stripe's own sources, `reported` by third parties, `decided` here
 * because nobody knows. A correction is a change of one line.
 */
export type Sure = 'captured' | 'reported' | 'decided';

/** One refusal as it goes over the wire. */
export interface WireError<P> {
  readonly status: number | ((problem: P) => number);
  /** Default `invalid_request_error`: Stripe uses it for every authentication error too. */
  readonly type?: string;
  readonly code?: string;
  /** False where no page of documentation for the code is known. */
  readonly docs?: false;
  readonly message: (problem: P) => string;
  readonly parameter?: (problem: P) => string;
  /** How sure the text is, and the status and code where they differ. */
  readonly sure: Sure;
  readonly statusSure?: Sure;
  readonly codeSure?: Sure;
}

type WireErrors = { readonly [K in ApiProblem['kind']]: WireError<Extract<ApiProblem, { kind: K }>> };

/** Stripe's words for every refusal. */
export const wireErrors: WireErrors = {
  noKey: {
    status: 401,
    message: () =>
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). " +
      'See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.',
    sure: 'reported',
    codeSure: 'decided', // some report `unauthorized`; without one it is like an unknown key's, which is better known
  },
  unknownKey: {
    status: 401,
    message: ({ token }) => `Invalid API Key provided: ${token}`,
    sure: 'captured',
    codeSure: 'reported',
  },
  expiredKey: {
    status: 401,
    code: 'api_key_expired',
    message: ({ token }) => `Expired API Key provided: ${token}`,
    sure: 'captured', // for expired keys; that deleted and rotated ones read alike is inferred, no other text was ever seen
  },
  addressNotAllowed: {
    status: 403,
    message: ({ address }) => `The API key provided does not allow requests from your IP address (${address}).`,
    sure: 'reported',
    statusSure: 'decided',
    codeSure: 'decided',
  },
  organizationContextMissing: {
    status: 400,
    message: () =>
      'Please include the Stripe-Context header with your target account when using an Organization API key.',
    sure: 'captured',
    statusSure: 'decided',
  },
  organizationVersionMissing: {
    status: 400,
    message: () => 'Please include the Stripe-Version header with your API version when using an Organization API key.',
    sure: 'decided',
    statusSure: 'decided',
  },
  versionMissing: {
    status: 400,
    message: () => 'Please include the Stripe-Version header with your API version when calling a v2 API.',
    sure: 'decided',
    statusSure: 'decided',
  },
  versionInvalid: {
    status: 400,
    message: ({ version }) => `Invalid Stripe API version: ${version}`,
    sure: 'reported',
  },
  accountInaccessible: {
    status: 403,
    code: 'account_invalid',
    message: ({ token, account }) =>
      `The provided key '${token}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
    sure: 'captured',
    statusSure: 'reported',
    codeSure: 'reported',
  },
  notAPlatform: {
    status: 403,
    code: 'platform_account_required',
    message: () =>
      "Only Stripe Connect platforms can work with other accounts. If you specified a client_id parameter, make sure it's correct. " +
      'If you need to setup a Stripe Connect platform, you can do so at https://dashboard.stripe.com/account/applications/settings.',
    sure: 'reported',
    statusSure: 'reported',
    codeSure: 'reported',
  },
  noConnectPermissions: {
    status: 403,
    message: () =>
      'You passed a restricted API key with the Stripe-Account header, but the restricted API key does not have any Connect permissions.',
    sure: 'captured',
    statusSure: 'decided',
  },
  publishableKeyNotAllowed: {
    status: 401,
    code: 'secret_key_required',
    message: () =>
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    sure: 'captured',
    statusSure: 'decided', // reported as 401 and as 403; the SDKs' users know it as an authentication error
    codeSure: 'reported',
  },
  pageNotAllowed: {
    status: 403,
    code: 'page_not_allowed',
    docs: false,
    message: ({ enforcement }) =>
      `Keysmith's emulator takes no requests from web pages while it enforces nothing (mode "${enforcement}"). Send the request from a program, or set the mode to "enforce".`,
    sure: 'decided', // not Stripe's: every page that is opened could reach the emulator
  },
  hostNotAllowed: {
    status: 403,
    code: 'host_not_allowed',
    docs: false,
    message: ({ host, enforcement }) =>
      `Keysmith's emulator was called by the name "${host}", and while it enforces nothing (mode "${enforcement}") it answers to 127.0.0.1, localhost and Stripe's hosts only. Use one of these, or set the mode to "enforce".`,
    sure: 'decided', // not Stripe's: a page can lead a name of its own to this machine
  },
  permissionMissing: {
    status: 403,
    code: 'more_permissions_required',
    docs: false,
    message: ({ token, account, label, permission, keyId, mode }) =>
      `Permission denied. The provided key '${token}' does not have the required permissions for this endpoint on account '${account}'. ` +
      `Enabling "${label}" ('${permission}') permissions on this key would allow this request to continue. ` +
      `You can edit permissions at https://dashboard.stripe.com/b/${account}?destination=${encodeURIComponent(editPath(keyId, mode))}`,
    sure: 'reported', // the quotes around the label are disputed; double ones are likeliest
    codeSure: 'reported',
  },
  permissionUnavailable: {
    status: 403,
    code: 'more_permissions_required',
    docs: false,
    message: ({ token, account }) =>
      `The provided key '${token}' does not have the required permissions for this endpoint on account '${account}'. ` +
      'This is a restricted API key, but the required permissions are not available for use by restricted keys.',
    sure: 'captured',
    codeSure: 'decided',
  },
  unknownPath: {
    status: 404,
    message: ({ method, path }) =>
      `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. ` +
      'If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. ' +
      'Please see https://stripe.com/docs or we can help at https://support.stripe.com/.',
    sure: 'reported',
  },
  unreadableBody: { status: 400, message: ({ why }) => why, sure: 'decided' },
  parameterInvalid: {
    status: 400,
    message: ({ why }) => why,
    parameter: ({ parameter }) => parameter,
    sure: 'decided',
  },
  parameterMissing: {
    status: 400,
    code: 'parameter_missing',
    message: ({ parameter }) => `Missing required param: ${parameter}.`,
    parameter: ({ parameter }) => parameter,
    sure: 'captured',
  },
  idempotencyKeyEmpty: {
    status: 400,
    message: () => 'Idempotency Key must be a non-empty string.',
    sure: 'reported',
  },
  idempotencyKeyTooLong: {
    status: 400,
    message: () => 'Idempotency keys can be at most 255 characters long.',
    sure: 'decided',
  },
  idempotencyMismatch: {
    status: 400,
    type: 'idempotency_error',
    message: ({ key }) =>
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    sure: 'captured',
  },
  idempotencyInProgress: {
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: ({ key }) =>
      `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    sure: 'captured',
    codeSure: 'reported',
  },
  objectNotFound: {
    status: ({ inPath }) => (inPath ? 404 : 400),
    code: 'resource_missing',
    message: ({ noun, id, twin }) => `No such ${noun}: '${id}'${twinHint(twin)}`,
    parameter: ({ parameter }) => parameter,
    sure: 'captured',
    statusSure: 'reported',
  },
  objectExists: {
    status: 400,
    code: 'resource_already_exists',
    message: ({ noun, id }) => `${noun.charAt(0).toUpperCase()}${noun.slice(1)} already exists: '${id}'`,
    parameter: () => 'id',
    sure: 'reported',
  },
  fieldInvalid: {
    status: 400,
    code: 'invalid_fields',
    docs: false,
    message: ({ field, why }) => (field ? `${field}: ${why}` : why),
    sure: 'reported', // the form `limit: The maximum page limit is 100` was seen; the code is inferred from the SDKs
    codeSure: 'decided',
  },
  clientSecretWrong: {
    status: 400,
    message: () => 'The client_secret provided does not match the client_secret associated with this object.',
    parameter: () => 'client_secret',
    sure: 'decided',
  },
  storeUnwritable: {
    status: 500,
    type: 'api_error',
    code: 'store_unwritable',
    docs: false,
    message: ({ why }) => storeUnwritableMessage(why),
    sure: 'decided', // not Stripe's: a full disk under the emulator is no fault of the request
  },
  notEmulated: {
    status: 501,
    type: 'api_error',
    code: 'not_emulated',
    docs: false,
    message: ({ what }) =>
      `Keysmith's emulator does not emulate ${what}. The request was authenticated and would have been let through.`,
    sure: 'decided', // not Stripe's: the emulator says loudly what it does not do
  },
};

export const storeUnwritableMessage = (why: string): string =>
  `Keysmith's emulator cannot write its store (${why}), and has changed nothing. Make room on the disk, or start it with another folder.`;

const editPath = (keyId: string, mode: Mode): string => `${mode === 'live' ? '' : '/test'}/apikeys/${keyId}/edit`;

/** The hint of Stripe when the object exists in the other mode (captured). */
function twinHint(twin: Mode | undefined): string {
  if (!twin) return '';
  const there = tokenModeOf(twin);
  const here = there === 'live' ? 'test' : 'live';
  return `; a similar object exists in ${there} mode, but a ${here} mode key was used to make this request.`;
}
