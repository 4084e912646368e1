import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { describeLeak, describeRule, helpOf } from '../../../../src/leaks/describeLeak.ts';
import { leakRules, severities } from '../../../../src/leaks/protocol.ts';
import { githubReport } from '../../../../src/leaks/report/githubReport.ts';
import { jsonReport } from '../../../../src/leaks/report/jsonReport.ts';
import { printable } from '../../../../src/shared/printable.ts';
import type { Report, ReportedLeak } from '../../../../src/leaks/report/report.ts';
import { sarifReport } from '../../../../src/leaks/report/sarifReport.ts';
import { textReport } from '../../../../src/leaks/report/textReport.ts';

const fingerprint = 'f'.repeat(32);
const aLeak = (over: Partial<ReportedLeak> = {}): ReportedLeak => ({
  rule: 'live-secret-key',
  kind: 'secret',
  mode: 'live',
  severity: 'error',
  confidence: 'certain',
  form: 'plain',
  mask: 'sk_live_…wxyz',
  fingerprint,
  line: 3,
  column: 7,
  endLine: 3,
  endColumn: 39,
  file: 'src/pay.js',
  ...over,
});
const aReport = (over: Partial<Report> = {}): Report => ({
  leaks: [],
  files: 2,
  bytes: 1999,
  skipped: [],
  complete: true,
  ms: 12.4,
  ...over,
});
const introduced = {
  commit: '0123456789abcdef0123456789abcdef01234567',
  author: 'Jenny Rosen',
  date: '2026-03-01T12:00:00Z',
};
const what = describeLeak(aLeak());

describe('the text report', () => {
  for (const [why, report, text] of [
    ['no leaks', {}, 'No leaks in 2 files (2 kB, 12 ms).\n'],
    ['one file', { files: 1, bytes: 1 }, 'No leaks in 1 file (1 kB, 12 ms).\n'],
    ['files that are no text', { binary: 1 }, 'No leaks in 2 files, 1 of them no text (2 kB, 12 ms).\n'],
    ['much', { bytes: 1_250_000 }, 'No leaks in 2 files (1.3 MB, 12 ms).\n'],
    ['the border of a megabyte', { bytes: 1_000_000 }, 'No leaks in 2 files (1.0 MB, 12 ms).\n'],
    [
      'an archive',
      { skipped: [{ file: 'lib/a.jar', why: 'archive' }] },
      'lib/a.jar: not read, archive\nNo leaks in 2 files (2 kB, 12 ms).\n',
    ],
    [
      'what could not be read',
      { skipped: [{ file: 'a', why: 'unreadable' }], complete: false },
      'a: not read, unreadable\nNo leaks in 2 files (2 kB, 12 ms).\nNot everything was read, and nothing is said of the rest.\n',
    ],
    [
      'one leak',
      { leaks: [aLeak()] },
      `src/pay.js:3:7: error: ${what} [live-secret-key]\n1 leak in 2 files (2 kB, 12 ms).\nA key that was shared or committed is known to others: rotate it, then take it out.\n`,
    ],
    [
      'a leak of the history',
      { leaks: [aLeak({ introduced }), aLeak()] },
      `src/pay.js:3:7: error: ${what} [live-secret-key] (commit 0123456789ab of 2026-03-01)\nsrc/pay.js:3:7: error: ${what} [live-secret-key]\n2 leaks in 2 files (2 kB, 12 ms).\nA key that was shared or committed is known to others: rotate it, then take it out.\n`,
    ],
    [
      'a name that would move the cursor',
      { leaks: [aLeak({ file: '\u001b[2Ja\nb' })], skipped: [{ file: '\u202egpj.exe', why: 'archive' }] },
      `\\x1b[2Ja\\x0ab:3:7: error: ${what} [live-secret-key]\n\\u202egpj.exe: not read, archive\n1 leak in 2 files (2 kB, 12 ms).\nA key that was shared or committed is known to others: rotate it, then take it out.\n`,
    ],
  ] as const satisfies readonly (readonly [string, Partial<Report>, string])[])
    it(`tells of ${why}`, () => assert.equal(textReport(aReport(report)), text));

  for (const severity of severities)
    it(`names the severity ${severity}`, () =>
      assert.match(textReport(aReport({ leaks: [aLeak({ severity })] })), new RegExp(`:7: ${severity}: `)));
});

describe('a text of others on a terminal', () => {
  for (const [text, printed] of [
    ['plain ünï😀', 'plain ünï😀'],
    ['\u0000\u001f\u007f\u009b', '\\x00\\x1f\\x7f\\x9b'],
    ['a\u2066b\u2028c', 'a\\u2066b\\u2028c'],
  ] as const)
    it(`is shown as ${printed}`, () => assert.equal(printable(text), printed));
});

describe('the JSON report', () => {
  it('has each leak with its place, and the place in the history', () => {
    const report = aReport({
      leaks: [aLeak({ introduced, at: '/work/src/pay.js' }), aLeak({ mode: undefined, kind: 'webhook' })],
      skipped: [{ file: 'a.zip', why: 'archive' }],
    });
    const leak = {
      file: 'src/pay.js',
      line: 3,
      column: 7,
      endLine: 3,
      endColumn: 39,
      kind: 'secret',
      mode: 'live',
      rule: 'live-secret-key',
      severity: 'error',
      confidence: 'certain',
      mask: 'sk_live_…wxyz',
      fingerprint,
    };
    assert.equal(
      jsonReport(report),
      `${JSON.stringify({
        leaks: [
          { ...leak, ...introduced },
          { ...leak, kind: 'webhook', mode: null },
        ],
        files: 2,
        bytes: 1999,
        skipped: [{ file: 'a.zip', why: 'archive' }],
        complete: true,
        ms: 12,
      })}\n`,
    );
  });

  it('names the service that a key probably belongs to, and none where it is Stripe’s', () => {
    const services = (
      JSON.parse(jsonReport(aReport({ leaks: [aLeak({ service: 'Clerk' }), aLeak()] }))) as {
        leaks: readonly { service?: string }[];
      }
    ).leaks;
    assert.deepEqual(
      services.map((leak) => ['service' in leak, leak.service]),
      [
        [true, 'Clerk'],
        [false, undefined],
      ],
    );
  });

  it('says where not everything was read', () =>
    assert.equal((JSON.parse(jsonReport(aReport({ complete: false }))) as { complete: boolean }).complete, false));
});

describe('the GitHub report', () => {
  const place = 'line=3,col=7,endLine=3,endColumn=39,title=live-secret-key';
  for (const [why, report, text] of [
    ['nothing', {}, ''],
    ['a leak', { leaks: [aLeak()] }, `::error file=src/pay.js,${place}::${what}\n`],
    [
      'a name with its own signs',
      { leaks: [aLeak({ file: 'a,b:c%d\ne\rf\u001bg' })] },
      `::error file=a%2Cb%3Ac%25d%0Ae%0Df\\x1bg,${place}::${what}\n`,
    ],
    [
      'an archive',
      { skipped: [{ file: 'a.zip', why: 'archive' }] },
      '::notice file=a.zip,title=not read::Not read, archive.\n',
    ],
    [
      'what could not be read',
      { skipped: [{ file: 'a', why: 'too large' }], complete: false },
      '::warning file=a,title=not read::Not read, too large.\n::warning title=not everything was read::Not everything was read, and nothing is said of the rest.\n',
    ],
  ] as const satisfies readonly (readonly [string, Partial<Report>, string])[])
    it(`tells of ${why}`, () => assert.equal(githubReport(aReport(report)), text));

  for (const [severity, command] of [
    ['error', 'error'],
    ['warning', 'warning'],
    ['information', 'notice'],
    ['hint', 'notice'],
  ] as const)
    it(`annotates by ${command} for ${severity}`, () =>
      assert.match(githubReport(aReport({ leaks: [aLeak({ severity })] })), new RegExp(`^::${command} `)));
});

describe('the SARIF report', () => {
  const sarif = (over: Partial<Report> = {}): Record<string, unknown> => {
    const log = JSON.parse(sarifReport(aReport(over), { version: '1.2.3', root: '/work/a shop' })) as {
      runs: [Record<string, unknown>];
    };
    return log.runs[0];
  };

  it('says what it is and by whom', () => {
    const text = sarifReport(aReport(), { version: '1.2.3', root: '/work/a shop' });
    assert.ok(text.endsWith('}\n'));
    const { runs: _runs, ...log } = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(log, { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' });
    const { tool, columnKind, originalUriBaseIds } = sarif();
    assert.deepEqual(
      { tool, columnKind, originalUriBaseIds },
      {
        tool: {
          driver: {
            name: 'Keysmith',
            version: '1.2.3',
            rules: leakRules.map((rule) => ({
              id: rule,
              shortDescription: { text: describeRule(rule) },
              helpUri: helpOf(rule),
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: 'file:///work/a%20shop/' } },
      },
    );
  });

  for (const [index, rule] of leakRules.entries())
    for (const [severity, level] of [
      ['error', 'error'],
      ['warning', 'warning'],
      ['information', 'note'],
      ['hint', 'note'],
    ] as const)
      it(`names the rule ${rule} by its index, and ${severity} by the level ${level}`, () => {
        const [result] = sarif({ leaks: [aLeak({ rule, severity })] })['results'] as Record<string, unknown>[];
        assert.deepEqual([result?.['ruleId'], result?.['ruleIndex'], result?.['level']], [rule, index, level]);
      });

  it('has a leak with its place and what tells it apart', () => {
    const { results } = sarif({ leaks: [aLeak({ file: 'a b/ü.js', introduced }), aLeak({ mode: undefined })] });
    const [leak, other] = results as Record<string, unknown>[];
    assert.deepEqual(leak, {
      ruleId: 'live-secret-key',
      ruleIndex: 0,
      level: 'error',
      message: { text: what },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%C3%BC.js', uriBaseId: 'ROOT' },
            region: { startLine: 3, startColumn: 7, endLine: 3, endColumn: 39 },
          },
        },
      ],
      partialFingerprints: { 'keysmith/v1': fingerprint },
      properties: { kind: 'secret', mode: 'live', confidence: 'certain', ...introduced },
    });
    assert.deepEqual(other?.['properties'], { kind: 'secret', mode: null, confidence: 'certain' });
  });

  for (const [file, uri] of [
    ['/elsewhere/a b.js', 'file:///elsewhere/a%20b.js'],
    ['a#b?.js', 'a%23b%3F.js'],
  ] as const)
    it(`writes ${file} as a URI`, () => {
      const [result] = sarif({ leaks: [aLeak({ file })] })['results'] as [
        { locations: [{ physicalLocation: { artifactLocation: unknown } }] },
      ];
      const root = file.startsWith('/') ? {} : { uriBaseId: 'ROOT' };
      assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, { uri, ...root });
    });

  for (const [complete, level] of [
    [true, 'note'],
    [false, 'warning'],
  ] as const)
    it(`tells what was not read, and whether that is a gap: ${!complete}`, () =>
      assert.deepEqual(sarif({ skipped: [{ file: 'a.zip', why: 'archive' }], complete })['invocations'], [
        {
          executionSuccessful: complete,
          toolExecutionNotifications: [
            {
              level,
              message: { text: 'Not read, archive.' },
              locations: [{ physicalLocation: { artifactLocation: { uri: 'a.zip', uriBaseId: 'ROOT' } } }],
            },
          ],
        },
      ]));
});
