/**
 * Fingerprints of the keys that Stripe prints in its own documentation, as secret keys of test mode. They work for everyone and belong to
 * nobody.
 */
export const sampleFingerprints: ReadonlySet<string> = new Set([
  '2cafc0970149a84f3b9e62eaf169f36f',
  'f2d6ca16515033e5dce14eba840b979d',
  '6f86c3e52d5c10338ecc9e5cba9ba36f',
]);
