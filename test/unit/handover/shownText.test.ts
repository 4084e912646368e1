import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { launchFacts } from '../../../src/handover/launchFacts.ts';
import { shownText, shownWords } from '../../../src/handover/shownText.ts';
import { testSecret } from '../fixtures.ts';

describe('a text of others in a question', () => {
  for (const [why, text, shown] of [
    ['plain text', 'our shop (EU) – 100 %', 'our shop (EU) – 100 %'],
    ['other scripts', 'Zahlungen für 店 и магазин', 'Zahlungen für 店 и магазин'],
    ['lines', 'a\nb\r\nc\td', String.raw`a\nb\r\nc\td`],
    ['other ends of lines', 'a\u2028b\u2029c\u0085d', String.raw`a\u{2028}b\u{2029}c\u{85}d`],
    ['what moves a cursor', '\u001B[2Ja\u0008\u0000', String.raw`\u{1b}[2Ja\u{8}\u{0}`],
    ['what turns the direction', 'a\u202Eb\u2066c\u200Fd', String.raw`a\u{202e}b\u{2066}c\u{200f}d`],
    [
      'what is not seen',
      'a\u200Bb\uFEFFc\u00ADd\u3164e\u2800f\u{E0041}',
      String.raw`a\u{200b}b\u{feff}c\u{ad}d\u{3164}e\u{2800}f\u{e0041}`,
    ],
    ['spaces that are none', 'a\u00A0b\u3000c', String.raw`a\u{a0}b\u{3000}c`],
    ['quotes that would end ours', 'x” to nobody? “', String.raw`x\u{201d} to nobody? \u{201c}`],
    ['quotes', 'a "b"', String.raw`a \"b\"`],
    ['escapes, which are its own', String.raw`a\nb\u{202e}`, String.raw`a\\nb\\u{202e}`],
    ['half a letter', 'a\uD800b', String.raw`a\u{d800}b`],
    ['heaps of accents', `a${'\u0301'.repeat(4)}b`, `a\u0301\u0301${String.raw`\u{301}`.repeat(2)}b`],
    ['text from right to left, kept to itself', 'חנות 12', '\u2068חנות 12\u2069'],
    ['nothing', '', ''],
  ] as const) {
    it(`is shown with ${why}`, () => assert.equal(shownText(text), shown));
  }

  it('is shown whole, however long', () => assert.equal(shownText('x'.repeat(100_000)).length, 100_000));

  it('never has what could change the question, for every letter that may', () => {
    const seen: string[] = [];
    const ranges = [0, 0x1_bc_00, 0x1_d1_00, 0xe_00_00, 0xe_0f_00].flatMap((from) =>
      Array.from({ length: from === 0 ? 0x1_12_00 : 0x200 }, (_, at) => from + at),
    );
    for (const code of ranges) {
      const letter = String.fromCodePoint(code);
      const shown = shownText(letter);
      if (
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}“”"]/u.test(
          shown.replaceAll(/[\u2068\u2069]|\\"/g, ''),
        )
      )
        seen.push(code.toString(16));
    }
    assert.deepEqual(seen, []);
  });
});

describe('a command in a question', () => {
  for (const [words, shown] of [
    [['node', 'server.js'], 'node server.js'],
    [['sh', '-c', 'sleep 4; rm -rf "$HOME"'], String.raw`sh -c "sleep 4; rm -rf \"$HOME\""`],
    [['a b', '', "it's"], `"a b" "" "it's"`],
    [['node', '-e', 'a\nb'], String.raw`node -e "a\nb"`],
    [['node', '--x=1', './a,b:c@d'], 'node --x=1 ./a,b:c@d'],
    [['x', '“', '\u202E'], String.raw`x "\u{201c}" "\u{202e}"`],
    [['пёс'], '"пёс"'],
  ] as const) {
    it(`is ${shown}`, () => assert.equal(shownWords(words), shown));
  }
});

describe('what a question tells of a launch configuration', () => {
  it('is its name, its program and its arguments whole, and what changes either', () => {
    assert.deepEqual(
      launchFacts({
        name: 'x” to nobody\u202E',
        type: 'node',
        request: 'launch',
        program: '/w/a b.js',
        args: ['--all', 'a\nb', ''],
        cwd: '/w',
        env: { NODE_OPTIONS: '--require ./evil.cjs', STRIPE_SECRET_KEY: 'keysmith:Secret key' },
        preLaunchTask: undefined,
        skipFiles: ['<node_internals>/**'],
        __sessionId: 'no',
      }),
      [
        String.raw`name: "x\u{201d} to nobody\u{202e}"`,
        'type: node',
        'program: "/w/a b.js"',
        String.raw`args: --all "a\nb" ""`,
        'cwd: /w',
        'env: {"NODE_OPTIONS":"--require ./evil.cjs","STRIPE_SECRET_KEY":"keysmith:Secret key"}',
      ],
    );
  });

  for (const [property, value, shown] of [
    ['environment', [{ name: 'LD_PRELOAD', value: './evil.so' }], '[{"name":"LD_PRELOAD","value":"./evil.so"}]'],
    ['miDebuggerPath', './evil', './evil'],
    ['pipeTransport', { pipeProgram: './evil' }, '{"pipeProgram":"./evil"}'],
    ['initCommands', ['shell ./evil'], '"shell ./evil"'],
    ['preRunCommands', ['shell ./evil'], '"shell ./evil"'],
    ['setupCommands', [{ text: 'shell ./evil' }], '[{"text":"shell ./evil"}]'],
    ['vmArgs', '-javaagent:evil.jar', '-javaagent:evil.jar'],
    ['classPaths', ['evil.jar'], 'evil.jar'],
    ['pythonArgs', ['-cevil'], '-cevil'],
    ['postDebugTask', 'evil', 'evil'],
    ['sousChefBinary', './evil --now', '"./evil --now"'],
    ['sousChef', { start: { with: ['./evil', 'a\nb'] } }, String.raw`{"start":{"with":["./evil","a\\nb"]}}`],
    ['sandboxed', false, 'false'],
    ['guard', null, 'null'],
    ['__workspaceFolder', '/elsewhere', '/elsewhere'],
    ['__proto', './evil', './evil'],
  ] as const) {
    it(`is what a debugger is told by ${property} too`, () => {
      assert.ok(launchFacts({ name: 'x', [property]: value }).includes(`${property}: ${shown}`));
    });
  }

  for (const property of [
    'request',
    'presentation',
    'internalConsoleOptions',
    'suppressMultipleSessionWarning',
    'skipFiles',
    '__configurationTarget',
    '__sessionId',
  ]) {
    it(`is not ${property}, which runs nothing`, () => {
      assert.deepEqual(launchFacts({ name: 'x', [property]: 'anything' }), ['name: "x"']);
    });
  }

  it('begins with the name, the debugger, the program and its arguments, and goes on by the alphabet', () => {
    assert.deepEqual(
      launchFacts({ zeal: 1, env: {}, args: ['a'], cook: './evil', program: 'p', type: 'sous-chef', name: 'x' }),
      ['name: "x"', 'type: sous-chef', 'program: p', 'args: a', 'cook: ./evil', 'env: {}', 'zeal: 1'],
    );
  });

  it('has the names of properties escaped as well, and no secret in them', () => {
    const token = testSecret(41);
    const facts = launchFacts({ name: 'x', 'a\nprogram: b\u202E': 1, [token]: 2 });
    assert.ok(facts.includes(String.raw`"a\nprogram: b\u{202e}": 1`), facts.join('\n'));
    assert.equal(facts.length, 3);
    assert.ok(!facts.join('\n').includes(token.slice(8)), facts.join('\n'));
  });

  it('is a name that is no text, whole too', () => {
    assert.deepEqual(launchFacts({ name: { run: './evil' } }), [String.raw`name: "{\"run\":\"./evil\"}"`]);
  });

  it('has no secret in it, and takes whatever stands there', () => {
    const token = testSecret(40);
    const facts = launchFacts({
      name: 1,
      program: token,
      args: [token, 1],
      env: { A: token },
      command: null,
      module: 5,
      sousChef: { key: [token] },
    });
    assert.ok(!facts.join('\n').includes(token.slice(8)), facts.join('\n'));
    assert.equal(facts[0], 'name: "1"');
    assert.ok(facts.includes('module: 5'));
  });

  it('is of one line each, whatever is in it', () => {
    const odd = 'a\n\u2028\u202E”';
    const facts = launchFacts({ name: odd, type: odd, args: [odd], env: { [odd]: odd }, url: { odd: [odd] } });
    for (const line of facts) assert.doesNotMatch(line, /[\n\u2028\u202E”]/);
  });
});
