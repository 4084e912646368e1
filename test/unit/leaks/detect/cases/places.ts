import { mintToken } from '../../../../../src/domain/token.ts';
import type { TextContext } from '../../../../../src/leaks/leak.ts';
import { around, clean, realBody, token, type LeakCase } from './leakCase.ts';

const clientSide = (
  name: string,
  make: (key: string) => string,
  context: TextContext = {},
  prefix = 'sk_test',
): LeakCase => around(name, make, { prefix, rule: 'client-side-key', severity: 'error', context });

const emulatorKey = mintToken('secret', 'live', 'acct_1aTnTtAAB0hHJ26p', realBody);
const emulatorTestKey = mintToken('restricted', 'sandbox', 'acct_1aTnTtAAB0hHJ26p', realBody);
const sample = ['sk', 'test', ['4eC39HqLyjWDar', 'jtT1zdp7dc'].join('')].join('_');

/** What the place of a token says about it. */
export const places: readonly LeakCase[] = [
  ...[
    'NEXT_PUBLIC_STRIPE_KEY',
    'VITE_STRIPE',
    'REACT_APP_SK',
    'EXPO_PUBLIC_KEY',
    'PUBLIC_KEY',
    'NUXT_PUBLIC_K',
    'VUE_APP_K',
    'GATSBY_K',
  ].map((name) => clientSide(`${name} in .env`, (key) => `${name}=${key}`, { path: '.env' })),
  clientSide('a live key under a public name', (key) => `NEXT_PUBLIC_KEY="${key}"`, {}, 'rk_live'),
  clientSide('an organization key under a public name', (key) => `VITE_KEY: ${key}`, {}, 'sk_org_test'),
  clientSide('a public name in JSON', (key) => `{"NEXT_PUBLIC_KEY": "${key}"}`),
  clientSide('a public name in YAML', (key) => `env:\n  NEXT_PUBLIC_KEY: ${key}`),
  clientSide("a 'use client' file", (key) => `'use client';\nconst key = '${key}';`),
  clientSide('a "use client" file with comments first', (key) => `// page\n/* a\nb */\n"use client"\nf("${key}")`),
  clientSide('a page', (key) => `<script>var k = "${key}"</script>`, { path: 'web/index.html' }),
  clientSide('a page without a path', (key) => `<script>var k = "${key}"</script>`, { language: 'html' }),
  clientSide('a Vue component', (key) => `const k = "${key}"`, { path: 'src/Pay.vue' }),
  clientSide('a Svelte component', (key) => `const k = "${key}"`, { path: 'src/Pay.svelte' }),
  clientSide('a script in public/', (key) => `k="${key}"`, { path: 'app/public/js/pay.js' }),
  clientSide('a script in static/', (key) => `k="${key}"`, { path: 'static/pay.js' }),
  clientSide('a script in wwwroot/', (key) => `k="${key}"`, { path: 'Site/wwwroot/pay.js' }),
  clientSide('a minified bundle', (key) => `k="${key}"`, { path: 'out/app.min.js' }),
  around('a name that only contains PUBLIC_', (key) => `REPUBLIC_KEY=${key}`, {
    prefix: 'sk_test',
    severity: 'warning',
  }),
  around('a public name on the line above', (key) => `NEXT_PUBLIC_A=1\nKEY=${key}`, { prefix: 'sk_test' }),
  around("'use client' in the middle of a file", (key) => `const a = 1;\n'use client';\nk='${key}'`, {
    prefix: 'sk_test',
  }),
  around('a source file beside public/', (key) => `k="${key}"`, {
    prefix: 'sk_test',
    context: { path: 'src/public.ts' },
  }),
  around('a webhook secret in a page is what it is', (key) => `NEXT_PUBLIC_W=${key}`, { prefix: 'whsec', length: 32 }),
  clean('a publishable key in a page', `Stripe("${token('pk_live')}")`, { path: 'index.html' }),
  clean('a publishable key under a public name', `NEXT_PUBLIC_STRIPE_KEY=${token('pk_live', 99)}`),
  clean('a publishable key in a client component', `'use client'\nloadStripe("${token('pk_live')}")`),
  {
    name: "the emulator's live key, which is worthless elsewhere",
    text: `key=${emulatorKey}`,
    leaks: [{ written: emulatorKey, rule: 'emulator-key', severity: 'information' }],
  },
  {
    name: "the emulator's key in a page",
    text: `key=${emulatorTestKey}`,
    context: { path: 'index.html' },
    leaks: [{ written: emulatorTestKey, rule: 'emulator-key', severity: 'information' }],
  },
  {
    name: "Stripe's own sample key",
    text: `stripe.api_key = "${sample}"`,
    leaks: [{ written: sample, rule: 'sample-key', severity: 'information' }],
  },
  ...[
    '.env.example',
    '.env.sample',
    'config.json.dist',
    'env.template',
    'test/fixtures/a.json',
    'src/__fixtures__/b.ts',
    'pkg/testdata/c',
  ].map((path) =>
    around(`a test key in ${path} weighs less`, (key) => `KEY=${key}`, {
      prefix: 'sk_test',
      severity: 'information',
      context: { path },
    }),
  ),
  around('a live key in .env.example weighs as much', (key) => `KEY=${key}`, {
    severity: 'error',
    context: { path: '.env.example' },
  }),
  clientSide('a public name in .env.example weighs as much', (key) => `VITE_KEY=${key}`, { path: '.env.example' }),
];
