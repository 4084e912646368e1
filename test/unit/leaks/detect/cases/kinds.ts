import { around, clean, token, type LeakCase } from './leakCase.ts';

/** Every kind in every length, with its rule and severity. */
export const kinds: readonly LeakCase[] = [
  ...(['sk_live', 'rk_live'] as const).flatMap((prefix) =>
    [24, 25, 32, 34, 64, 98, 99, 107, 200, 247].map((length) =>
      around(`${prefix} of ${length}`, (key) => `key = "${key}"`, { prefix, length, severity: 'error' }),
    ),
  ),
  ...(['sk_test', 'rk_test'] as const).flatMap((prefix) =>
    [24, 34, 99, 150].map((length) =>
      around(`${prefix} of ${length}`, (key) => `key = "${key}"`, { prefix, length, severity: 'warning' }),
    ),
  ),
  ...[24, 100, 232].map((length) =>
    around(`sk_org_live of ${length}`, (key) => `key: ${key}`, { prefix: 'sk_org_live', length, severity: 'error' }),
  ),
  ...[24, 100, 232].map((length) =>
    around(`sk_org_test of ${length}`, (key) => `key: ${key}`, { prefix: 'sk_org_test', length, severity: 'warning' }),
  ),
  ...[32, 36, 64].map((length) =>
    around(`whsec of ${length}`, (key) => `secret = '${key}'`, { prefix: 'whsec', length, severity: 'warning' }),
  ),
  ...[24, 99].map((length) =>
    around(`rkcs_test of ${length}`, (key) => `"api_key": "${key}"`, {
      prefix: 'rkcs_test',
      length,
      severity: 'warning',
    }),
  ),
  ...[24, 48].map((length) => around(`oak of ${length}`, (key) => key, { prefix: 'oak', length, severity: 'warning' })),
  ...[24, 99].map((length) =>
    around(`pk_live of ${length}, at the lowest severity`, (key) => `key = "${key}"`, {
      prefix: 'pk_live',
      length,
      severity: 'hint',
    }),
  ),
  ...[24, 99].map((length) => clean(`pk_test of ${length}`, `key = "${token('pk_test', length)}"`)),
  ...[1, 8, 16, 23].map((length) => clean(`sk_live of ${length}, too short`, `key = "${token('sk_live', length)}"`)),
  clean('whsec of 31, too short', token('whsec', 31)),
  clean('sk_live of 248, longer than a key can be', token('sk_live', 248)),
  clean('a legacy key without a mode, which nothing tells from other texts', token('sk', 32)),
  clean('a mode Stripe does not have', token('sk_prod', 24)),
  clean('a prefix in capitals', token('SK_LIVE', 24)),
];
