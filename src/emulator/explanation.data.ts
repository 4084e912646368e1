import type { ApiProblem } from '../domain/problem.ts';

/** What helps against each refusal, beside Stripe's own words. */
export const whatHelps: Readonly<Record<ApiProblem['kind'], string>> = {
  noKey: 'Send a key: Authorization: Bearer KEY, or the key as the user name of Basic.',
  unknownKey:
    'Use a key of this emulator. One of Stripe itself, of another emulator, or from before a reset is not known here.',
  expiredKey: 'Use the key that replaced it, or create one: this one has expired, was rotated away or was deleted.',
  addressNotAllowed: 'Add the address to the key’s address rules, or send the request from one that they allow.',
  organizationContextMissing: 'Name the account in the header Stripe-Context: acct_…, or acct_PLATFORM/acct_CONNECTED.',
  organizationVersionMissing: 'Send the header Stripe-Version. An SDK sends it by itself.',
  versionMissing: 'Send the header Stripe-Version. An SDK sends it by itself.',
  versionInvalid: 'Name a version such as 2026-10-28.endive in the header Stripe-Version.',
  accountInaccessible:
    'Name an account that the key reaches: its own, one connected to it, or one of its organization.',
  notAPlatform: 'Use a key of the platform, or leave out Stripe-Account: no account is connected to this key’s.',
  noConnectPermissions: 'Grant the key Connect permissions, or use one that acts on its own account.',
  publishableKeyNotAllowed: 'Use a secret or restricted key on your server. A publishable key is for pages and apps.',
  pageNotAllowed:
    'Send the request from a program, or have the emulator enforce: POST /_dashboard/enforcement {"enforcement":"enforce"}.',
  hostNotAllowed:
    'Call it 127.0.0.1 or localhost, or have the emulator enforce: POST /_dashboard/enforcement {"enforcement":"enforce"}.',
  permissionMissing: 'Grant the key the permission that the message names.',
  permissionUnavailable: 'Use a secret key: no restricted or organization key can be granted this.',
  unknownPath: 'Look at method and path. Keysmith knows the paths that the official SDK calls.',
  unreadableBody: 'Send what the message asks for: forms to /v1, JSON to /v2.',
  parameterInvalid: 'Correct the parameter that the message names.',
  parameterMissing: 'Send the parameter that the message names.',
  idempotencyKeyEmpty: 'Leave out the header Idempotency-Key, or give it a value.',
  idempotencyKeyTooLong: 'Shorten the idempotency key; a UUID has 36 characters.',
  idempotencyMismatch: 'Use a new idempotency key for another request, or send exactly the first one again.',
  idempotencyInProgress: 'Wait for the answer to the first request, then ask again with the same key.',
  objectNotFound:
    'Look at the id, at the account and at the mode: an object is known only to its own account and mode.',
  objectExists: 'Use another id, or update the object that is there.',
  fieldInvalid: 'Correct the field that the message names.',
  clientSecretWrong: 'Send the client_secret of this very object.',
  storeUnwritable: 'Make room on the disk, or start the emulator with another folder: --data DIR.',
  notEmulated: 'Nothing is wrong with the request: this endpoint needs Stripe itself, in a sandbox.',
};
