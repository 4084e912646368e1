import type { AddressProblem } from '../../domain/addressRules.ts';
import type { KeyProblem } from '../../domain/problem.ts';
import type { Reply } from '../exchange.ts';

/** `{"error":{"code","message"}}`; `details` carries what a client needs to say it in its own words. */
export function dashboardError(
  status: number,
  code: string,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Reply {
  return {
    status,
    body: { error: { code, message, ...(details && Object.keys(details).length > 0 ? { details } : {}) } },
  };
}

/** The status and words of each refusal; its `code` is the problem's kind in snake case. */
const table: {
  readonly [K in KeyProblem['kind']]: [status: number, message: (problem: Extract<KeyProblem, { kind: K }>) => string];
} = {
  keyNotFound: [404, ({ id }) => `There is no key ${id}.`],
  ownerNotFound: [404, ({ id }) => `There is no account or organization ${id}.`],
  alreadyRevealed: [409, () => 'A live secret can be revealed once, and this one has been. Rotate or delete the key.'],
  keyInactive: [409, ({ id }) => `Key ${id} has expired and cannot be changed.`],
  alreadyExpiring: [
    409,
    ({ at }) => `The key has been rotated already and expires at ${at.toISOString()}. Delete it to end it now.`,
  ],
  publishableNotDeletable: [409, () => 'A publishable key cannot be deleted. Rotate it instead.'],
  publishableNotLimited: [409, () => 'A publishable key cannot be limited to addresses.'],
  publishableNotEditable: [409, () => 'A publishable key cannot be edited.'],
  permissionsFixed: [409, () => 'Only restricted and organization keys have permissions to change.'],
  kindNotCreatable: [400, ({ what }) => `This kind of key cannot be created: ${what}.`],
  nameInvalid: [400, ({ limit }) => `A key needs a name of one line and at most ${limit} characters.`],
  noteTooLong: [400, ({ limit }) => `A note has at most ${limit} characters.`],
  expiryInvalid: [400, ({ limitDays }) => `The expiry must lie in the future, at most ${limitDays} days ahead.`],
  verificationMissing: [
    400,
    () => 'Creating a key needs a verification: POST /_dashboard/verifications, then read the code from the outbox.',
  ],
  codeWrong: [400, ({ triesLeft }) => `The verification code is wrong; tries left: ${triesLeft}.`],
  codeExpired: [400, () => 'The verification code is older than ten minutes. Ask for a new one.'],
  codeUsedUp: [409, () => 'The verification code has been used, or was tried too often. Ask for a new one.'],
  permissionUnknown: [
    400,
    ({ permission, suggestion }) =>
      `There is no permission "${permission}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
  ],
  addressInvalid: [400, addressMessage],
};

export function keyProblemMessage(problem: KeyProblem): string {
  const [, message] = table[problem.kind] as [number, (problem: KeyProblem) => string];
  return message(problem);
}

export function keyError(problem: KeyProblem): Reply {
  const [status] = table[problem.kind];
  const { kind, ...details } = problem;
  return dashboardError(
    status,
    kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    keyProblemMessage(problem),
    details,
  );
}

function addressMessage({ entry, why, suggestion }: AddressProblem): string {
  const reasons = {
    syntax: 'it is no IPv4 address or CIDR range',
    ipv6: 'only IPv4 addresses can be used',
    prefix: 'the prefix must be a whole number from 0 to 32',
    hostBits: `it has bits behind its prefix; the range is ${suggestion}`,
    duplicate: 'it is listed twice',
  };
  return `The address rule "${entry}" is refused: ${reasons[why]}.`;
}
