import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { liveSecret, testSecret } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { TestRepository } from './git/testRepository.ts';

/** By the format's own schema, as its makers' tools carry it. */
function sarifValidator(): (log: Json) => string[] {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate: ValidateFunction = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return (log) =>
    validate(log) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('keysmith scan', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
  });
  afterEach(() => repository.remove());

  const scan = (...args: readonly string[]): { code: number | null; json: Json } => {
    const { code, stdout, stderr } = repository.keysmith(['scan', '--format', 'json', ...args]);
    assert.equal(stderr, '');
    return { code, json: JSON.parse(stdout) };
  };
  const places = (json: Json): string[] => json.leaks.map((leak: Json) => `${leak.file}:${leak.line}:${leak.column}`);

  it('ends with 0 where there is no leak', () => {
    repository.write('a.js', 'const nothing = 1;\n');
    const { code, json } = scan();
    assert.deepEqual([code, json.leaks, json.files, json.bytes], [0, [], 1, 19]);
  });

  it('says which lines of an ignore file mean nothing, beside the report', () => {
    repository.write('.keysmithignore', 'fingerprint:12\n');
    repository.write('a.bin', '\0\0\u0001\0');
    const { code, stdout, stderr } = repository.keysmith(['scan']);
    assert.equal(code, 0);
    assert.match(stderr, /^keysmith: \.keysmithignore:1: this line excuses nothing: a fingerprint has 32 .*\n$/);
    assert.match(stdout, /^No leaks in 2 files, 1 of them no text \(/);
  });

  it('ends with 1 and says where each leak is, without its token', () => {
    const token = liveSecret(99);
    repository.write('src/pay.js', `// €uro 😀\r\nconst a = 1; const key = "${token}";\r\n`);
    repository.write('test/.env.test', `STRIPE_KEY=${testSecret()}`);
    const { code, json } = scan();
    assert.equal(code, 1);
    const [leak] = json.leaks;
    assert.deepEqual(Object.keys(leak), [
      'file',
      'line',
      'column',
      'endLine',
      'endColumn',
      'kind',
      'mode',
      'rule',
      'severity',
      'confidence',
      'mask',
      'fingerprint',
    ]);
    assert.deepEqual(
      [leak.file, leak.line, leak.column, leak.endLine, leak.endColumn, leak.kind, leak.mode, leak.rule, leak.severity],
      ['src/pay.js', 2, 27, 2, 27 + token.length, 'secret', 'live', 'live-secret-key', 'error'],
    );
    assert.ok(!JSON.stringify(json).includes(token.slice(8, -4)));
    assert.equal(json.leaks.length, 2);
  });

  it('finds the same in one file, in a folder and on standard input', () => {
    const text = `key: ${liveSecret()}\n`;
    repository.write('deep/config.yml', text);
    const found = scan('deep/config.yml').json.leaks;
    assert.equal(found.length, 1);
    assert.deepEqual(scan('deep').json.leaks, found);
    const piped = repository.keysmith(
      ['scan', '--stdin', '--stdin-filename', 'deep/config.yml', '--format', 'json'],
      text,
    );
    assert.equal(piped.code, 1);
    assert.deepEqual(JSON.parse(piped.stdout).leaks, found);
  });

  it('prints for a terminal, for GitHub, and never the token', () => {
    repository.write('a,b.js', `x = "${liveSecret()}"`);
    for (const [format, pattern] of [
      [
        'text',
        /^a,b\.js:1:6: error: Stripe LIVE secret key: sk_live_….{4}\. .+ \[live-secret-key\]\n1 leak in 1 file \(1 kB, \d+ ms\)\.\n.+\n$/,
      ],
      [
        'github',
        /^::error file=a%2Cb\.js,line=1,col=6,endLine=1,endColumn=\d+,title=live-secret-key::Stripe LIVE secret key: .+\n$/,
      ],
    ] as const) {
      const { code, stdout } = repository.keysmith(['scan', '--format', format]);
      assert.equal(code, 1);
      assert.match(stdout, pattern);
      assert.ok(!stdout.includes(liveSecret().slice(8, -4)));
    }
  });

  it('prints SARIF that its schema accepts', () => {
    repository.write('with space/a.js', `x = "${liveSecret()}"\n\ny = "${testSecret()}"`);
    const { code, stdout } = repository.keysmith(['scan', '--format', 'sarif']);
    assert.equal(code, 1);
    const log: Json = JSON.parse(stdout);
    const validate = sarifValidator();
    assert.deepEqual(validate(log), []);
    assert.notDeepEqual(validate({ ...log, runs: [{}] }), []);
    const [run] = log.runs;
    assert.deepEqual(
      run.results.map(({ ruleId, level }: Json) => [ruleId, level]),
      [
        ['live-secret-key', 'error'],
        ['test-secret-key', 'warning'],
      ],
    );
    const { artifactLocation, region } = run.results[1].locations[0].physicalLocation;
    assert.deepEqual([artifactLocation.uri, region.startLine, region.startColumn], ['with%20space/a.js', 3, 6]);
    assert.ok(!stdout.includes(liveSecret().slice(8, -4)));
  });

  describe('with a baseline', () => {
    it('leaves out what was there, even on another line, and shows what is new', () => {
      repository.write('old.js', `key = "${liveSecret()}"`);
      assert.equal(scan('--write-baseline', 'baseline.json').code, 1);
      assert.ok(!readFileSync(join(repository.folder, 'baseline.json'), 'utf8').includes(liveSecret().slice(8, -4)));
      assert.equal(scan('--baseline', 'baseline.json').code, 0);
      repository.write('old.js', `\n\n\nkey = "${liveSecret()}"\nother = "${liveSecret(99)}"`);
      assert.deepEqual(places(scan('--baseline', 'baseline.json').json), ['old.js:5:10']);
    });

    for (const [why, text, complaint] of [
      ['that is absent', undefined, /cannot be read/],
      ['that is no JSON', '{', /not valid JSON/],
      ['of a newer version', '{"keysmith_baseline": 2}', /newer Keysmith/],
      ['of another tool', '{"version": 1}', /no baseline of Keysmith/],
      ['that has no end', '/dev/zero', /is not a regular file/],
    ] as const) {
      it(`refuses one ${why}`, () => {
        if (text?.startsWith('/')) repository.link('baseline.json', text);
        else if (text !== undefined) repository.write('baseline.json', text);
        const { code, stderr } = repository.keysmith(['scan', '--baseline', 'baseline.json']);
        assert.equal(code, 2);
        assert.match(stderr, complaint);
      });
    }
  });

  describe('of what is staged', () => {
    it('reads the index, not the folder', () => {
      repository.write('a.js', `key = "${liveSecret()}"`);
      repository.git('add', 'a.js');
      repository.write('a.js', 'clean');
      repository.write('unstaged.js', `key = "${liveSecret()}"`);
      const { code, json } = scan('--staged');
      assert.deepEqual([code, places(json)], [1, ['a.js:1:8']]);
    });

    it('does not blame a commit for what was there before, under this name or another', () => {
      repository.write('a.js', `key = "${liveSecret()}"\n${'// a long file\n'.repeat(30)}`);
      repository.commit();
      repository.git('mv', 'a.js', 'b.js');
      repository.write('b.js', `// moved\nkey = "${liveSecret()}"\n${'// a long file\n'.repeat(30)}`);
      repository.git('add', '-A');
      assert.equal(scan('--staged').code, 0);
      repository.write('b.js', `key = "${liveSecret()}"\nnew = "${liveSecret(34)}"\n${'// a long file\n'.repeat(30)}`);
      repository.git('add', '-A');
      assert.deepEqual(places(scan('--staged').json), ['b.js:2:8']);
    });

    it('lets go what comments and .keysmithignore excuse, and nothing with --no-ignore', () => {
      const [kept] = (repository.write('a.js', `a = "${liveSecret()}"`), scan('a.js').json.leaks);
      repository.write('b.js', `b = "${liveSecret(34)}" // keysmith:ignore an example`);
      repository.write('fixtures/c.js', `c = "${liveSecret(99)}"`);
      repository.write('.keysmithignore', `fixtures/\nfingerprint:${kept.fingerprint}\n`);
      repository.git('add', '-A');
      assert.deepEqual(places(scan('--staged').json), []);
      assert.deepEqual(places(scan('--staged', '--no-ignore').json), ['a.js:1:6', 'b.js:1:6', 'fixtures/c.js:1:6']);
      repository.commit();
      assert.deepEqual(places(scan('--history').json), []);
      assert.deepEqual(places(scan().json), []);
      assert.equal(scan('--no-ignore').json.leaks.length, 3);
    });

    it('finds names that are hard to print', () => {
      for (const name of ['with space.js', 'ünï😀.js', 'a\nb.js', '"quoted".js']) repository.write(name, testSecret());
      repository.git('add', '-A');
      assert.deepEqual(
        scan('--staged')
          .json.leaks.map(({ file }: Json) => file)
          .toSorted(),
        ['with space.js', 'ünï😀.js', 'a\nb.js', '"quoted".js'].toSorted(),
      );
    });
  });

  describe('of the history', () => {
    it('names the commit, its author and its date for what is long gone, once for each version of a file', () => {
      repository.write('a.js', `key = "${liveSecret()}"`);
      const first = repository.commit();
      repository.write('copy.js', `key = "${liveSecret()}"`);
      repository.commit();
      repository.git('rm', '-q', 'a.js', 'copy.js');
      repository.commit();
      const { code, json } = scan('--history');
      assert.equal(code, 1);
      assert.deepEqual(
        json.leaks.map(({ file, commit, author, date }: Json) => [file, commit, author, new Date(date).toISOString()]),
        [['a.js', first, 'Jenny Rosen', '2026-03-01T12:00:00.000Z']],
      );
    });

    it('finds what only a merge has, and what only another branch has', () => {
      repository.write('a.js', 'one\n');
      repository.commit();
      repository.git('checkout', '-q', '-b', 'side');
      repository.write('side.js', liveSecret(34));
      repository.commit();
      repository.write('a.js', 'two\n');
      repository.commit();
      repository.git('checkout', '-q', 'main');
      repository.write('a.js', 'three\n');
      repository.commit();
      repository.git('merge', '-q', 'side');
      repository.write('a.js', `both ${liveSecret(99)}\n`);
      const merge = repository.commit('merge');
      repository.git('checkout', '-q', '-b', 'other');
      repository.write('other.js', testSecret());
      repository.commit();
      repository.git('checkout', '-q', 'main');
      const { json } = scan('--history');
      assert.deepEqual(json.leaks.map(({ file }: Json) => file).toSorted(), ['a.js', 'other.js', 'side.js']);
      assert.equal(json.leaks.find(({ file }: Json) => file === 'a.js').commit, merge);
      assert.deepEqual(
        scan('--history', 'main')
          .json.leaks.map(({ file }: Json) => file)
          .toSorted(),
        ['a.js', 'side.js'],
      );
    });

    it('keeps to a range', () => {
      repository.write('old.js', liveSecret());
      const old = repository.commit();
      repository.write('new.js', liveSecret(34));
      repository.commit();
      assert.deepEqual(places(scan('--history', `${old}..HEAD`).json), ['new.js:1:1']);
    });

    it('finds nothing, and complains of nothing, in a repository without commits', () =>
      assert.equal(scan('--history').code, 0));
  });

  for (const [args, complaint] of [
    [['--format', 'xml'], /--format takes text, json, sarif, github, not "xml"/],
    [['--min-severity', 'fatal'], /--min-severity takes error, warning, information, hint, not "fatal"/],
    [['--staged', 'a.js'], /exclude each other/],
    [['--stdin'], /belong together/],
    [['--stdin-filename', 'a'], /belong together/],
    [['nowhere'], /nowhere cannot be read/],
    [['--nonsense'], /--nonsense/],
    [['--history', 'no-such-branch'], /no-such-branch|bad revision/],
    [['--history=--all'], /is no range/],
    [['--write-baseline', 'no/such/folder/b.json'], /cannot be written/],
  ] as const) {
    it(`ends with 2 and says why: ${args.join(' ')}`, () => {
      const { code, stdout, stderr } = repository.keysmith(['scan', ...args]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, complaint);
    });
  }

  it('ends with 2 where there is no repository', () => {
    repository.git('config', '--local', 'core.bare', 'true');
    for (const option of ['--staged'] as const) assert.equal(repository.keysmith(['scan', option]).code, 2);
  });
});
