import { globSync } from 'node:fs';

/** The part of the security core that is judged in this run: all of it, or what KEYSMITH_MUTATE names, as globs with commas. */
const judged = process.env.KEYSMITH_MUTATE?.split(',') ?? [
  'src/domain/**/*.ts',
  'src/emulator/api/**/*.ts',
  'src/emulator/keys/**/*.ts',
  'src/emulator/requestLog/**/*.ts',
  'src/handover/**/*.ts',
  'src/leaks/report/**/*.ts',
];

/** What needs the emulator as a program of its own, or times itself, cannot say which line it noticed. */
const apart =
  /\/(?:badRequests|commandLine|hook|languageServer|leastPrivilege|lsp|node20|program|requestCode|runCommand|scanCommand|session|slowSenders|startOptions|store|stripeCli|wait|package)/;

process.env.KEYSMITH_EMULATOR = 'inProcess';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
// oxlint-disable-next-line import/no-default-export -- Stryker reads it
export default {
  mutate: [...judged, '!src/**/*.data.ts', '!src/domain/permissionCatalogue.ts'],
  testRunner: 'keysmith',
  plugins: [new URL('mutationRunner.ts', import.meta.url).href],
  // Read by the runner.
  testFiles_judged: process.env.KEYSMITH_MUTATION_TESTS
    ? globSync(process.env.KEYSMITH_MUTATION_TESTS.split(','))
    : [
        ...globSync('test/unit/{domain,emulator,handover,vault}/**/*.test.ts'),
        ...globSync('test/unit/leaks/report/**/*.test.ts'),
        ...globSync('test/wire/*.test.ts').filter((file) => !apart.test(file)),
      ].toSorted(),
  // TypeScript 7 has no programming interface that Stryker knows, and Node runs the files as they are.
  tsconfigFile: 'none',
  coverageAnalysis: 'perTest',
  // A mutant of what runs once at the start needs every test again; tables are held by their own tests.
  ignoreStatic: true,
  ignorePatterns: ['dist', 'out', 'media', '.vscode-test', '*.vsix', '*.tgz', '.github'],
  // Static tables of words are data: what they say is held where they are used.
  mutator: { excludedMutations: ['StringLiteral'] },
  warnings: { unknownOptions: false },
  timeoutMS: 20_000,
  concurrency: 2,
  tempDirName: 'out/stryker',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'out/mutation.json' },
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};
