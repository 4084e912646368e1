/** What the language server and its clients agree on, beyond the Language Server Protocol itself. */
export const diagnosticSource = 'Keysmith';

/** The rules of the guard, as a diagnostic's `code`. */
export const leakRules = [
  'live-secret-key',
  'live-restricted-key',
  'live-organization-key',
  'test-secret-key',
  'test-restricted-key',
  'test-organization-key',
  'webhook-secret',
  'cli-key',
  'app-token',
  'client-side-key',
  'live-publishable-key',
  'sample-key',
  'emulator-key',
] as const;
export type LeakRule = (typeof leakRules)[number];

/** From gravest to slightest, by the names of the editor's own. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];
