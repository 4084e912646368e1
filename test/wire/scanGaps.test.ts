import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { getuid } from 'node:process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { liveSecret, testSecret } from '../unit/fixtures.ts';
import type { Json } from './emulatorProgram.ts';
import { TestRepository } from './git/testRepository.ts';

const zip = Buffer.from('504b0304140000000800', 'hex');
const sqlite = Buffer.from('SQLite format 3\0\u0010\0\u0001', 'latin1');

describe('keysmith scan says clean of nothing that it has not read', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = new TestRepository();
  });
  afterEach(() => repository.remove());

  const scan = (...args: readonly string[]): { code: number | null; json: Json; stderr: string } => {
    const { code, stdout, stderr } = repository.keysmith(['scan', '--format', 'json', ...args]);
    return { code, stderr, json: JSON.parse(stdout) };
  };
  const big = (name: string, begin: string): void => {
    repository.write(name, begin + '\n'.repeat(3000));
  };

  describe('in files', () => {
    for (const [how, paths] of [
      ['named', ['big.js']],
      ['in a folder', []],
    ] as const)
      it(`ends with 2 for a file over the limit, ${how}; the limit is an option`, () => {
        big('big.js', 'clean');
        repository.write('small.js', 'clean');
        const { code, json, stderr } = scan('--max-file-size', '1K', ...paths);
        assert.deepEqual([code, json.complete, json.skipped], [2, false, [{ file: 'big.js', why: 'too large' }]]);
        assert.match(stderr, /Not everything was read/);
        const other = scan('--max-file-size', '4K', ...paths);
        assert.deepEqual([other.code, other.json.complete, other.stderr], [0, true, '']);
      });

    it('ends with 2 for what may not be read, and with 1 where there is a leak besides', function () {
      if (getuid?.() === 0 || process.platform === 'win32') this.skip();
      repository.write('closed.js', 'x');
      mkdirSync(join(repository.folder, 'closed'));
      chmodSync(join(repository.folder, 'closed.js'), 0);
      chmodSync(join(repository.folder, 'closed'), 0);
      assert.deepEqual([scan().code, scan('closed.js').code, scan('closed').code], [2, 2, 2]);
      repository.write('leak.js', liveSecret());
      const { code, json } = scan();
      assert.deepEqual([code, json.complete], [1, false]);
      chmodSync(join(repository.folder, 'closed'), 0o700);
    });

    it('ends with 2 for what cannot be read although it may be', function () {
      if (process.platform !== 'linux') this.skip();
      const { code, json } = scan('/proc/self/mem');
      assert.deepEqual([code, json.complete, json.skipped[0].why], [2, false, 'unreadable (EIO)']);
    });

    it('ends with 2 for what is named and is no file', function () {
      if (process.platform === 'win32') this.skip();
      const { code, json } = scan('/dev/null');
      assert.deepEqual([code, json.skipped], [2, [{ file: '/dev/null', why: 'not a file' }]]);
    });

    it('lists archives and databases by name, and ends with 2 only for those that are named', () => {
      repository.write('lib/app.jar', zip);
      repository.write('logs.gz', gzipSync(liveSecret()));
      repository.write('data.sqlite', sqlite);
      repository.write('image.bin', '\0\u0001\u0002');
      repository.write('looks.js', 'PAR1 BZh // only a text');
      const { code, json } = scan();
      assert.deepEqual(
        [code, json.complete, json.files, json.skipped.toSorted((a: Json, b: Json) => (a.file < b.file ? -1 : 1))],
        [
          0,
          true,
          2,
          [
            { file: 'data.sqlite', why: 'database' },
            { file: 'lib/app.jar', why: 'archive' },
            { file: 'logs.gz', why: 'archive' },
          ],
        ],
      );
      assert.equal(scan('data.sqlite').code, 2);
      const bin = scan('image.bin');
      assert.deepEqual([bin.code, bin.json.skipped], [2, [{ file: 'image.bin', why: 'no text' }]]);
      const { stdout } = repository.keysmith(['scan']);
      assert.match(stdout, /^data\.sqlite: not read, database$/m);
    });

    it('finds a key in a text that begins like an archive', () => {
      repository.write('looks.js', `BZh = "é ${liveSecret()}"`);
      assert.equal(scan().json.leaks.length, 1);
    });
  });

  it('ends with 2 for an input over the limit, and for one that is packed', () => {
    const name = ['--stdin', '--stdin-filename', 'a.js'];
    const large = repository.keysmith(['scan', ...name, '--max-file-size', '1K'], 'x'.repeat(1025));
    assert.equal(large.code, 2);
    assert.match(large.stderr, /larger than 1024 bytes: see --max-file-size/);
    assert.equal(repository.keysmith(['scan', ...name, '--max-file-size', '1K'], 'x'.repeat(1024)).code, 0);
    assert.equal(repository.keysmith(['scan', ...name], zip.toString('latin1')).code, 2);
  });

  it('ends with 2 for a staged file over the limit, and lists a staged archive', () => {
    big('big.js', 'clean');
    repository.write('a.zip', zip);
    repository.git('add', '-A');
    const { code, json } = scan('--staged', '--max-file-size', '1K');
    assert.equal(code, 2);
    assert.deepEqual(
      json.skipped.map(({ file, why }: Json) => `${file} ${why}`),
      ['a.zip archive', 'big.js too large'],
    );
    assert.deepEqual([scan('--staged').code, scan('--staged').json.complete], [0, true]);
    repository.write('big.js', '\0'.repeat(3000));
    repository.git('add', '-A');
    assert.equal(scan('--staged', '--max-file-size', '1K').code, 0);
  });

  describe('in the history', () => {
    it('says that a clone is shallow, and ends with 2 unless that is allowed', () => {
      repository.write('a.js', 'one');
      repository.commit();
      repository.write('a.js', 'two');
      repository.commit();
      repository.git('clone', '-q', '--depth', '1', `file://${repository.folder}`, 'shallow');
      const inside = (args: readonly string[]): { code: number | null; stderr: string } => {
        const { code, stderr } = repository.keysmith(['scan', '--history', ...args], '', 'shallow');
        return { code, stderr };
      };
      const refused = inside([]);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /This clone is shallow.+git fetch --unshallow/);
      assert.equal(inside(['--allow-shallow']).code, 0);
      assert.match(inside(['--allow-shallow']).stderr, /shallow/);
      assert.equal(scan('--history').code, 0);
      assert.equal(repository.keysmith(['scan', '--allow-shallow']).code, 2);
    });

    it('looks through the messages of commits and of tags', () => {
      repository.write('a.js', 'one');
      const commit = repository.commit(`use the key\n\nIt is ${liveSecret()} for now.`);
      repository.git('tag', '-a', 'v1', '-m', `with ${testSecret()}`);
      const { code, json } = scan('--history');
      assert.equal(code, 1);
      assert.deepEqual(
        json.leaks.map((leak: Json) => [leak.file, leak.line, leak.column, leak.author ?? '']),
        [
          [`commit-message:${commit}`, 3, 7, 'Jenny Rosen'],
          ['tag-message:v1', 1, 6, ''],
        ],
      );
      assert.deepEqual(
        scan('--history', 'HEAD').json.leaks.map(({ file }: Json) => file),
        [`commit-message:${commit}`],
      );
      repository.write(
        '.keysmithignore',
        json.leaks.map(({ fingerprint }: Json) => `fingerprint:${fingerprint}\n`).join(''),
      );
      assert.equal(scan('--history').code, 0);
    });

    it('finds under its other name what an ignored name had first', () => {
      repository.write('.keysmithignore', 'fixtures/\n');
      repository.write('fixtures/a.js', liveSecret());
      repository.commit();
      repository.write('src/a.js', liveSecret());
      repository.commit();
      assert.deepEqual(
        scan('--history').json.leaks.map(({ file }: Json) => file),
        ['src/a.js'],
      );
    });

    it('ends with 2 where a version of a file is not in the clone', () => {
      repository.write('a.js', 'one');
      repository.commit();
      repository.write('a.js', 'two');
      repository.commit();
      const id = repository.git('rev-parse', 'HEAD~:a.js').stdout.trim();
      const object = join(repository.folder, '.git/objects', id.slice(0, 2), id.slice(2));
      assert.ok(readFileSync(object).length > 0);
      repository.removeFile(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
      const { code, json } = scan('--history');
      assert.deepEqual([code, json.skipped], [2, [{ file: 'a.js', why: 'not in this clone' }]]);
    });

    it('prints no token that somebody has as their name, or a file as its own', () => {
      repository.environment['GIT_AUTHOR_NAME'] = liveSecret(34);
      repository.write(`${liveSecret(34)}.js`, liveSecret());
      repository.commit();
      const { stdout } = repository.keysmith(['scan', '--history', '--format', 'json']);
      assert.equal(JSON.parse(stdout).leaks.length, 1);
      assert.ok(!stdout.includes(liveSecret(34).slice(8, -4)));
    });
  });

  describe('a baseline', () => {
    beforeEach(() => {
      repository.write('src/deep/a.js', `key = "${liveSecret()}"`);
      repository.commit();
    });
    const paths = (): string[] =>
      JSON.parse(readFileSync(join(repository.folder, 'baseline.json'), 'utf8')).leaks.map(({ file }: Json) => file);

    for (const [from, baseline, args] of [
      ['', 'baseline.json', []],
      ['src', '../baseline.json', []],
      ['src/deep', '../../baseline.json', ['a.js']],
      ['src', '../baseline.json', ['--history']],
    ] as const)
      it(`has paths from the top of the repository, written in "${from}" ${args.join(' ')}`, () => {
        repository.keysmith(['scan', '--write-baseline', baseline, ...args], '', from);
        assert.deepEqual(paths(), ['src/deep/a.js']);
        for (const [folder, file] of [
          ['', 'baseline.json'],
          ['src', '../baseline.json'],
          ['src/deep', join(repository.folder, 'baseline.json')],
        ] as const)
          for (const more of [[], ['--history']])
            assert.equal(repository.keysmith(['scan', '--baseline', file, ...more], '', folder).code, 0);
      });
  });

  for (const size of ['0', '-1', '1T', '257M', '99999999999', '', '1.5M'])
    it(`refuses --max-file-size ${size}`, () => {
      const { code, stderr } = repository.keysmith(['scan', `--max-file-size=${size}`]);
      assert.equal(code, 2);
      assert.match(stderr, /--max-file-size takes a size such as 200M, up to 256M/);
    });
});
