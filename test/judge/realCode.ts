import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findLeaks } from '../../src/leaks/detect/findLeaks.ts';
import { fixesHere } from '../../src/leaks/fixes/fixes.ts';
import { applyEdits } from '../../src/leaks/fixes/textEdit.ts';
import { repositoryRoot } from '../host/repository.ts';
import { liveSecret } from '../unit/fixtures.ts';
import { seededRandom } from '../unit/seededRandom.ts';

// Fixes at places that nobody here chose: a key takes the place of a literal at random in source files of this machine, the fix and the
// excuse are made, and the language's own parser says whether the result is still a program. Ends with 1 where one is not.
//   node test/judge/realCode.ts [--files 200] [--seed 1] [--only python]

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const random = seededRandom(Number(values.seed));
const key = liveSecret(99);

interface Written {
  readonly name: string;
  readonly path: string;
}

interface Corpus {
  readonly language: string;
  readonly extension: string;
  readonly globs: readonly string[];
  /** The names of the files that are no programs. */
  readonly broken: (folder: string, files: readonly Written[]) => readonly string[] | undefined;
}

/** A program that is given files and prints the paths of those that do not parse. */
const told =
  (command: string, args: (folder: string) => readonly string[], driver?: readonly [name: string, text: string]) =>
  (folder: string, files: readonly Written[]): readonly string[] | undefined => {
    if (driver) writeFileSync(join(folder, driver[0]), driver[1]);
    const done = spawnSync(command, [...args(folder), ...files.map(({ path }) => path)], {
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    if (done.error) return undefined;
    const output = done.stdout + done.stderr;
    return files.filter(({ path }) => output.includes(path)).map(({ name }) => name);
  };

const javascriptDriver = `import { readFileSync } from 'node:fs';
import vm from 'node:vm';
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const ways = [() => new vm.SourceTextModule(text), () => new vm.Script('(function () {' + text.replace(/^#!.*/, '') + '\\n})')];
  if (!ways.some((way) => { try { way(); return true; } catch { return false; } })) console.log(file);
}
`;
const typescriptDriver = `import { readFileSync } from 'node:fs';
import { transformSync } from ${JSON.stringify(join(repositoryRoot, 'node_modules/esbuild/lib/main.js'))};
for (const file of process.argv.slice(2)) {
  try { transformSync(readFileSync(file, 'utf8'), { loader: 'ts', logLevel: 'silent' }); } catch { console.log(file); }
}
`;
const pythonDriver = `import sys, warnings
warnings.simplefilter('ignore')
for file in sys.argv[1:]:
    try:
        compile(open(file, 'rb').read(), 'x', 'exec', dont_inherit=True)
    except Exception:
        print(file)
`;
const rubyDriver = `ARGV.each do |file|
  begin
    RubyVM::InstructionSequence.compile(File.read(file, encoding: 'utf-8'))
  rescue Exception
    puts file
  end
end
`;
const javaDriver = `import com.sun.source.util.JavacTask;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;
class Parse {
  public static void main(String[] files) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var manager = compiler.getStandardFileManager(null, null, null);
    for (String file : files) {
      var found = new DiagnosticCollector<JavaFileObject>();
      var task = (JavacTask) compiler.getTask(null, manager, found, List.of(), null, manager.getJavaFileObjects(file));
      task.parse();
      if (found.getDiagnostics().stream().anyMatch(d -> d.getKind() == Diagnostic.Kind.ERROR)) System.out.println(file);
    }
  }
}
`;

const corpora: readonly Corpus[] = [
  {
    language: 'javascript',
    extension: 'js',
    globs: [`${repositoryRoot}/node_modules/**/*.{js,mjs,cjs}`],
    broken: told(process.execPath, (folder) => ['--experimental-vm-modules', '--no-warnings', join(folder, 'd.mjs')], [
      'd.mjs',
      javascriptDriver,
    ]),
  },
  {
    language: 'typescript',
    extension: 'ts',
    globs: [`${repositoryRoot}/{src,test}/**/*.ts`, `${repositoryRoot}/node_modules/**/src/**/*.ts`],
    broken: told(process.execPath, (folder) => [join(folder, 'd.mjs')], ['d.mjs', typescriptDriver]),
  },
  {
    language: 'python',
    extension: 'py',
    globs: ['/usr/lib/python3*/**/*.py'],
    broken: told('/usr/bin/python3', (folder) => [join(folder, 'd.py')], ['d.py', pythonDriver]),
  },
  {
    language: 'ruby',
    extension: 'rb',
    globs: ['/usr/lib/ruby/**/*.rb', '/usr/share/**/*.rb'],
    broken: told('ruby', (folder) => ['-W0', join(folder, 'd.rb')], ['d.rb', rubyDriver]),
  },
  {
    language: 'php',
    extension: 'php',
    globs: ['/usr/share/**/*.php'],
    broken: (_, files) => eachOf('php', ['-l'], files),
  },
  {
    language: 'go',
    extension: 'go',
    globs: ['/usr/share/go-*/src/**/*.go', '/usr/lib/go-*/src/**/*.go'],
    broken: told('gofmt', () => ['-e']),
  },
  {
    language: 'java',
    extension: 'java',
    globs: ['/usr/lib/jvm/**/*.java'],
    broken: told('java', (folder) => [join(folder, 'Parse.java')], ['Parse.java', javaDriver]),
  },
  {
    language: 'shellscript',
    extension: 'sh',
    globs: ['/usr/**/*.sh', '/etc/init.d/*'],
    broken: (_, files) => eachOf('bash', ['-n'], files),
  },
];

function eachOf(command: string, args: readonly string[], files: readonly Written[]): readonly string[] | undefined {
  const bad: string[] = [];
  for (const { name, path } of files) {
    const done = spawnSync(command, [...args, path], { encoding: 'utf8' });
    if (done.error) return undefined;
    if (done.status !== 0) bad.push(name);
  }
  return bad;
}

const fixes = fixesHere();
const pick = <T>(all: readonly T[]): T | undefined => (all.length === 0 ? undefined : all[random.below(all.length)]);

/** A file with the key in the place of a literal, or of a part of one. */
function planted(text: string): string | undefined {
  const literals = [...text.matchAll(/(["'`])([\w .,:/%-]{2,80})\1/g)];
  const literal = pick(literals);
  if (!literal) return undefined;
  const [whole, quote = ''] = literal;
  const content = literal[2] ?? '';
  const half = Math.floor(content.length / 2);
  const put = random.below(10) < 6 ? key : `${content.slice(0, half)} ${key} ${content.slice(half)}`;
  return text.slice(0, literal.index) + quote + put + quote + text.slice(literal.index + whole.length);
}

async function judge(corpus: Corpus, folder: string): Promise<number> {
  const { language, extension } = corpus;
  const all = corpus.globs.flatMap((glob) => globSync(glob)).toSorted();
  const wanted = Number(values.files);
  const write = (name: string, text: string): Written => {
    const path = join(folder, `${name}.${extension}`);
    writeFileSync(path, text);
    return { name, path };
  };
  const originals: { readonly name: string; readonly text: string; readonly file: string }[] = [];
  for (let tries = 0; tries < wanted * 4 && originals.length < wanted && all.length > 0; tries += 1) {
    const file = pick(all) ?? '';
    if (!statSync(file, { throwIfNoEntry: false })?.isFile() || statSync(file).size > 200_000) continue;
    const text = planted(readFileSync(file, 'utf8'));
    if (text !== undefined) originals.push({ name: `o${originals.length}`, text, file });
  }
  const unsound = corpus.broken(
    folder,
    originals.map(({ name, text }) => write(name, text)),
  );
  if (!unsound) {
    console.log(`${language.padEnd(12)} NOT JUDGED: there is no parser of it here`);
    return 0;
  }
  const sound = originals.filter(({ name }) => !unsound.includes(name));
  const results: Written[] = [];
  const texts = new Map<string, string>();
  let [moved, ignored] = [0, 0];
  const refusals = new Map<string, number>();
  for (const { name, text, file } of sound) {
    const leak = findLeaks(text, { path: file, language }).find(({ secret }) => secret.reveal().includes(key));
    if (!leak) continue;
    const { start, end, form } = leak;
    const read = await fixes.variable({
      text,
      start,
      end,
      form,
      language,
      path: `a.${extension}`,
      variable: 'STRIPE_KEY',
    });
    const excuse = await fixes.ignoreLine({ text, start, end, language, path: `a.${extension}`, reason: 'why' });
    if (!read.ok) refusals.set(read.problem, (refusals.get(read.problem) ?? 0) + 1);
    moved += read.ok ? 1 : 0;
    ignored += excuse.ok ? 1 : 0;
    for (const [kind, planned] of [
      ['m', read],
      ['i', excuse],
    ] as const) {
      if (!planned.ok) continue;
      const changed = applyEdits(text, planned.value);
      results.push(write(`${kind}${name}`, changed));
      texts.set(
        `${kind}${name}`,
        `${file}\n    ${changed
          .split('\n')
          .filter((line, at) => line !== text.split('\n')[at])
          .slice(0, 3)
          .join('\n    ')}`,
      );
    }
  }
  const bad = corpus.broken(folder, results) ?? [];
  console.log(`${language.padEnd(12)} ${sound.length} files, ${moved} moved, ${ignored} excused, ${bad.length} broken`);
  for (const [why, count] of [...refusals].toSorted(([, one], [, other]) => other - one).slice(0, 6))
    console.log(`      ${count} × ${why}`);
  for (const name of bad.slice(0, 12))
    console.log(`   BROKEN ${name[0] === 'm' ? 'move' : 'excuse'} ${texts.get(name)}`);
  return bad.length;
}

let broken = 0;
for (const corpus of corpora) {
  if (values.only !== undefined && values.only !== corpus.language) continue;
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-judge-'));
  mkdirSync(folder, { recursive: true });
  try {
    broken += await judge(corpus, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exitCode = broken > 0 ? 1 : 0;
