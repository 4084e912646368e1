import { fingerprintOf } from '../../domain/fingerprint.ts';

/**
 * Fingerprints of the bodies of the keys that Stripe prints in its own documentation. Under any prefix they belong to nobody: somebody
 * who wrote `live` for `test` made no live key of them.
 */
const sampleBodies: ReadonlySet<string> = new Set([
  '153a182586451358014e3142089118ce',
  '74e11884b07b1d5183c50a1e1fa53981',
  '422ce3ab8618fc219115bb9efd5de8c9',
]);

/** The samples are all of the length that keys had when they were published. */
const sampleLength = 24;

export const isSampleBody = (body: string): boolean =>
  body.length === sampleLength && sampleBodies.has(fingerprintOf(body));
