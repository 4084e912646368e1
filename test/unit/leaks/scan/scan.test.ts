import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { scan } from '../../../../src/leaks/scan/scan.ts';
import type { ScanRequest, ScanResult } from '../../../../src/leaks/scan/scanResult.ts';
import { fingerprintOf } from '../../../../src/domain/fingerprint.ts';
import { liveSecret, testSecret } from '../../fixtures.ts';

describe('scan', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'keysmith-scan-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const leak = `key = "${liveSecret()}"\n`;
  function write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  }
  const run = (over: Partial<ScanRequest> = {}): Promise<ScanResult> => scan({ roots: [root], ...over });
  const found = ({ files }: ScanResult): string[] => files.map(({ file }) => relative(root, file));
  const skipped = (result: ScanResult): string[] =>
    result.skipped.map(({ file, why }) => `${relative(root, file)}: ${why}`).toSorted();

  it('reads every file below its roots, and counts them', async () => {
    write({ 'a.js': leak, 'deep/er/b.env': leak, 'c.txt': 'nothing', '.hidden/d': leak });
    const result = await run();
    assert.deepEqual(found(result), ['.hidden/d', 'a.js', 'deep/er/b.env']);
    assert.deepEqual([result.scanned, result.bytes, result.cancelled], [4, 3 * leak.length + 7, false]);
  });

  it('reads a file that is named itself, and two roots', async () => {
    write({ 'a.js': leak, 'b.js': leak, 'c/d.js': leak });
    assert.deepEqual(found(await run({ roots: [join(root, 'a.js'), join(root, 'c')] })), ['a.js', 'c/d.js']);
  });

  it('reads what two roots have in common once', async () => {
    write({ 'a/b.js': leak, 'c.js': leak });
    assert.deepEqual(found(await run({ roots: [join(root, 'a'), root, root] })), ['a/b.js', 'c.js']);
  });

  it('finds the same with threads as without', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, index) => [`${index % 7}/${index}.js`, index % 100 === 0 ? leak : `a${index}`]),
    );
    write(files);
    const result = await run();
    assert.equal(result.scanned, 1500);
    assert.deepEqual(
      found(result),
      Object.keys(files)
        .filter((name) => files[name] === leak)
        .toSorted((one, other) => (one < other ? -1 : 1)),
    );
  });

  /** What git looks for before it takes a folder for a repository. */
  const repository = (folder = ''): Record<string, string> =>
    Object.fromEntries(['HEAD', 'objects/x', 'refs/x'].map((name) => [`${folder}.git/${name}`, 'ref']));

  describe('leaves out what ignore files say:', () => {
    for (const [why, files, expected] of [
      ['a name', { '.gitignore': '.env\n', '.env': leak, 'a/.env': leak, 'a.js': leak }, ['a.js']],
      ['a folder', { '.gitignore': 'build/\n', 'build/a': leak, 'x/build/b': leak, 'build.js': leak }, ['build.js']],
      ['a path from its own folder', { '.gitignore': '/a\n', 'a/x': leak, 'b/a/x': leak }, ['b/a/x']],
      ['a negation', { '.gitignore': '*.env\n!keep.env\n', 'a.env': leak, 'keep.env': leak }, ['keep.env']],
      [
        'a deeper file that takes back',
        { '.gitignore': '*.log\n', 'a/.gitignore': '!b.log\n', 'a/b.log': leak, 'c.log': leak },
        ['a/b.log'],
      ],
      [
        'a deeper file that goes further',
        { 'a/.gitignore': '*.js\n', 'a/b.js': leak, 'a/c/d.js': leak, 'e.js': leak },
        ['e.js'],
      ],
      ['a folder that nothing inside can take back', { '.gitignore': 'a/\n', 'a/.gitignore': '!b\n', 'a/b': leak }, []],
      ['our own globs', { '.keysmithignore': 'test/**\n', 'test/a.js': leak, 'src/a.js': leak }, ['src/a.js']],
      [
        'our own fingerprints, in any folder',
        {
          '.keysmithignore': `fingerprint:${fingerprintOf(liveSecret())} # rotated\n`,
          'a/b.js': leak,
          'c.js': testSecret(),
        },
        ['c.js'],
      ],
      ["git's own folder", { '.git/config': leak, 'a/.git/x': leak, 'b.js': leak }, ['b.js']],
      [
        "the repository's own excludes",
        { ...repository(), '.git/info/exclude': 'secret.txt\n', 'secret.txt': leak, 'b.js': leak },
        ['b.js'],
      ],
      ['a comment in the file', { 'a.js': `// keysmith:ignore-file\n${leak}`, 'b.js': leak }, ['b.js']],
    ] as const) {
      it(why, async () => {
        write(files);
        assert.deepEqual(found(await run()), expected);
      });
    }

    it('those of the folders above, up to the root of the repository', async () => {
      write({ ...repository(), '.gitignore': '*.env\n', 'a/b/x.env': leak, 'a/b/y.js': leak });
      assert.deepEqual(found(await run({ roots: [join(root, 'a/b')] })), ['a/b/y.js']);
    });

    it('not those around a repository inside another', async () => {
      write({ ...repository(), '.gitignore': '*.env\n', ...repository('a/'), 'a/x.env': leak, 'b/x.env': leak });
      assert.deepEqual(found(await run()), ['a/x.env']);
    });

    it('by their case, where git goes by it', async function () {
      if (process.platform !== 'linux') this.skip();
      write({ '.gitignore': 'Build/\n', 'build/a.js': leak, 'Build/a.js': leak });
      assert.deepEqual(found(await run()), ['build/a.js']);
    });

    it('not those above another repository', async () => {
      write({ ...repository(), '.gitignore': '*.env\n', ...repository('a/'), 'a/x.env': leak });
      assert.deepEqual(found(await run({ roots: [join(root, 'a')] })), ['a/x.env']);
    });

    it('and none where it is told so', async () => {
      write({ '.gitignore': '*.env\n', 'a.env': leak, 'b.js': `${leak.trim()} // keysmith:ignore` });
      assert.deepEqual(found(await run({ ignoreFiles: false })), ['a.env', 'b.js']);
    });

    it("and what the request excludes, as the editor's globs do", async () => {
      write({ 'node_modules/a.js': leak, 'x/node_modules/b.js': leak, 'src/a.js': leak, 'src/a.js.map': leak });
      assert.deepEqual(found(await run({ exclude: ['**/node_modules', '**/*.map'] })), ['src/a.js']);
    });
  });

  describe('survives, and tells of,', () => {
    it('a loop of links and a link to nowhere, and follows no link', async () => {
      write({ 'a/b.js': leak });
      symlinkSync('..', join(root, 'a/up'));
      symlinkSync('loop', join(root, 'loop'));
      symlinkSync('nowhere', join(root, 'dead'));
      symlinkSync('a/b.js', join(root, 'again.js'));
      const result = await run();
      assert.deepEqual(found(result), ['a/b.js']);
      assert.deepEqual(skipped(result), [
        'dead: a link that leads nowhere (ENOENT)',
        'loop: a link that leads nowhere (ELOOP)',
      ]);
    });

    it('a huge file', async () => {
      write({ 'huge.txt': leak, 'a.js': leak });
      truncateSync(join(root, 'huge.txt'), 65 * 1024 * 1024);
      writeFileSync(join(root, 'huge2.txt'), 'x'.repeat(65 * 1024 * 1024));
      const result = await run();
      assert.deepEqual(found(result), ['a.js']);
      assert.deepEqual(skipped(result), ['huge2.txt: too large']); // the other is zeros behind its first line: no text
    });

    it('a pipe', async function () {
      if (spawnSync('mkfifo', [join(root, 'pipe')]).status !== 0) this.skip();
      write({ 'a.js': leak });
      assert.deepEqual(found(await run()), ['a.js']);
      assert.deepEqual(skipped(await run({ roots: [join(root, 'pipe')] })), ['pipe: not a file']);
    });

    it('a root that is not there', async () => {
      assert.deepEqual(skipped(await run({ roots: [join(root, 'gone')] })), ['gone: vanished']);
    });

    it('files that vanish while it reads', async () => {
      write(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.js`, leak])));
      const running = run();
      rmSync(root, { recursive: true });
      const { scanned, skipped: gone } = await running;
      assert.equal(scanned + gone.filter(({ why }) => why === 'vanished').length > 0, true);
    });
  });

  it('reads UTF-16, and no binary file', async () => {
    write({
      'wide.txt': Buffer.from(`\uFEFF${leak}`, 'utf16le'),
      program: Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0]), Buffer.from(leak)]),
    });
    assert.deepEqual(found(await run()), ['wide.txt']);
  });

  it('finds a key far inside a file that is read in parts', async () => {
    write({ 'long.js': `${'// nothing here\n'.repeat(40_000)}${leak}` });
    const [file] = (await run()).files;
    assert.deepEqual([file?.leaks[0]?.line, file?.leaks[0]?.column], [40_001, 8]);
  });

  it('ends soon when it is cancelled', async () => {
    write(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${index % 50}/${index}.js`, leak])));
    const abort = new AbortController();
    const running = run({ signal: abort.signal, onProgress: () => abort.abort() });
    const result = await running;
    assert.equal(result.cancelled, true);
    assert.ok(result.scanned < 3000);
  }).timeout(20_000);

  describe('with a cache', () => {
    const cache = (): string => join(root, '..', `${root.split('/').at(-1)}.cache`);
    afterEach(() => rmSync(cache(), { force: true }));
    const again = (): Promise<ScanResult> => run({ cache: cache() });

    it('finds the same again without reading, and holds no token', async () => {
      write({ 'a.js': leak, 'b.js': 'nothing' });
      const first = await again();
      assert.ok(!readFileSync(cache(), 'utf8').includes(liveSecret().slice(8, -4)));
      // Same time and size, other text: only a file that is not read can still have its leak.
      const file = join(root, 'a.js');
      const when = new Date('2026-01-01T00:00:00Z');
      utimesSync(file, when, when);
      await again();
      writeFileSync(file, 'x'.repeat(leak.length));
      utimesSync(file, when, when);
      assert.deepEqual((await again()).files, first.files);
    });

    it('reads again what has changed', async () => {
      write({ 'a.js': 'nothing' });
      assert.deepEqual(found(await again()), []);
      write({ 'a.js': leak });
      assert.deepEqual(found(await again()), ['a.js']);
      write({ 'a.js': 'nothing at all' });
      assert.deepEqual(found(await again()), []);
    });

    it('finds what comments excuse where they are not to count, whatever was found before', async () => {
      write({ 'a.js': `${leak.trim()} // keysmith:ignore` });
      assert.deepEqual(found(await again()), []);
      assert.deepEqual(found(await run({ cache: cache(), ignoreFiles: false })), ['a.js']);
      assert.deepEqual(found(await again()), []);
    });

    for (const [why, text, kept] of [
      ['damaged', '{', false],
      ['of another shape', '[]', false],
      ['of a newer version, which is kept', '{"version": 99}', true],
    ] as const) {
      it(`finds everything where it is ${why}`, async () => {
        write({ 'a.js': leak });
        writeFileSync(cache(), text);
        assert.deepEqual(found(await again()), ['a.js']);
        assert.equal(readFileSync(cache(), 'utf8') === text, kept);
      });
    }

    it('finds everything where it cannot be written', async () => {
      write({ 'a.js': leak });
      assert.deepEqual(found(await run({ cache: join(root, 'no/such/folder/cache') })), ['a.js']);
      assert.ok(!existsSync(join(root, 'no')));
    });
  });
});
