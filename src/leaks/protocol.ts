/** What the language server and its clients agree on, beyond the Language Server Protocol itself. */
export const diagnosticSource = 'Keysmith';

/** The rules of the guard, as a diagnostic's `code`. */
export const leakRules = ['live-secret-key', 'live-restricted-key', 'test-secret-key', 'test-restricted-key'] as const;
export type LeakRule = (typeof leakRules)[number];
