import type { LeakForm } from '../../../../../src/leaks/leak.ts';
import { clean, realBody, token, type LeakCase } from './leakCase.ts';

const body = realBody(99);
const [start, middle, end] = [body.slice(0, 20), body.slice(20, 60), body.slice(60)];
const prefix = ['sk', 'live', ''].join('_');

function written(name: string, form: LeakForm, before: string, text: string, after: string): LeakCase {
  return {
    name,
    text: `${before}${text}${after}`,
    leaks: [{ written: text, rule: 'live-secret-key', form }],
  };
}

const joined = (name: string, text: string): LeakCase => written(name, 'joined', 'key = "', text, '"');
const escaped = (name: string, text: string): LeakCase => written(name, 'escaped', 'key = "', text + body, '"');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const [firstKey, secondKey] = [token('sk_live', 24), token('sk_live', 99)];
const plainKey = token('sk_live', 99);
const splitOrganization = `sk_org_' . 'test_${realBody(100)}`;

const hexOf = (text: string): string => Buffer.from(text).toString('hex');
const listedKey = `sk_live', '${body}`;
const invisibly = (mark: string, at: number): string => plainKey.slice(0, at) + mark + plainKey.slice(at);

/** Tokens that are written in another way than as they are. */
export const forms: readonly LeakCase[] = [
  joined('+ between double quotes', `${prefix}" + "${body}`),
  joined('+ without blanks', `${prefix}"+"${body}`),
  joined('+ between single quotes', `${prefix}' + '${body}`),
  joined('+ of three parts', `${prefix}${start}" + "${middle}" + "${end}`),
  joined('+ of sixteen parts and more on one line', [prefix, ...(body.match(/.{1,6}/g) ?? [])].join('" + "')),
  joined('+ of single characters', [prefix, ...body.split('')].join('" + "')),
  joined('+ over lines', `${prefix}" +\n    "${body}`),
  joined('+ at the beginning of the next line', `${prefix}"\n    + "${body}`),
  joined('+ with CRLF', `${prefix}" +\r\n\t"${body}`),
  joined('. of PHP', `${prefix}' . '${body}`),
  joined('.. of Lua', `${prefix}" .. "${body}`),
  joined('& of Visual Basic', `${prefix}" & "${body}`),
  joined('<> of Elixir', `${prefix}" <> "${body}`),
  joined('adjacent literals of C and Python', `${prefix}" "${body}`),
  joined('adjacent literals over lines', `${prefix}"\n        "${start}"\n        "${middle}${end}`),
  joined('a continued line of Python', `${prefix}" \\\n  "${body}`),
  joined('different quotes', `${prefix}" + '${body}`),
  joined("a template's own literal", `${prefix}\${'${body}`),
  joined('concat of what compilers make', `${prefix}".concat("${body}`),
  joined('a prefix in two parts', `sk_" + "live_${body}`),
  joined('a prefix in two parts, split before the underscore', `sk" + "_live_${body}`),
  joined('a prefix in two parts and the body', `sk_' + 'live_' + '${body}`),
  joined('a prefix and a body over lines', `sk_" +\n        "live_" +\n        "${start}" +\n        "${middle}${end}`),
  {
    name: 'the prefix of an organization in two parts',
    text: splitOrganization,
    leaks: [{ written: splitOrganization, rule: 'test-organization-key', form: 'joined' }],
  },
  clean('parts of a longer word', `"task_live_" + "${body}"`),
  clean('parts of a longer word, split', `"task_" + "live_${body}"`),
  clean('parts of a prefix and a name', `'sk_' + 'test_' + name`),
  joined('where the first part alone would be long enough', `${prefix}${start}${middle}" + "${end}`),
  {
    name: 'two whole keys in literals on two lines, which are no parts of one',
    text: `"${firstKey}"\n"${secondKey}"`,
    leaks: [
      { written: firstKey, rule: 'live-secret-key', form: 'plain' },
      { written: secondKey, rule: 'live-secret-key', form: 'plain' },
    ],
  },
  {
    name: 'a whole key and another argument',
    text: `f "${firstKey}" "https"`,
    leaks: [{ written: firstKey, rule: 'live-secret-key', form: 'plain' }],
  },
  clean('elements of an array', `["${prefix}", "${body.slice(0, 20)}"]`),
  clean('a part too short', `"${prefix}" + "${body.slice(0, 20)}"`),
  clean('a bare prefix and a name', `"${prefix}" + name`),
  clean('a bare prefix and a sentence', `"${prefix}" + "yourSecretKeyGoesHere"`),
  escaped('\\u005f', prefix.replaceAll('_', String.raw`\u005f`)),
  escaped('\\u005F once', prefix.replace('_', String.raw`\u005F`)),
  escaped('\\x5f', prefix.replaceAll('_', String.raw`\x5f`)),
  escaped('\\x73 for the first letter', prefix.replace('s', String.raw`\x73`)),
  escaped('%5F', prefix.replaceAll('_', '%5F')),
  escaped('&#95;', prefix.replaceAll('_', '&#95;')),
  escaped('&lowbar;', prefix.replaceAll('_', '&lowbar;')),
  escaped("Markdown's backslash", prefix.replaceAll('_', String.raw`\_`)),
  clean('an escaped identifier that goes on with a body', `const a = "task\\u005flive\\u005f${body}"`),
  clean('an escaped identifier', `const a = "task\\u005flive\\u005f"`),
  written('base64 in Basic credentials', 'base64', 'Authorization: Basic ', base64(`${plainKey}:`), '\r\n'),
  written('base64 in a Kubernetes secret', 'base64', 'data:\n  stripe: ', base64(plainKey), '\n'),
  written('base64 with a line end in it', 'base64', 'stripe: "', base64(`${plainKey}\n`), '"'),
  written('base64 in JSON', 'base64', '{"key":"', base64(`${plainKey}:password`), '"}'),
  clean('base64 of a word that begins alike', base64('sk_like_a_rolling_stone_and_some_more_text')),
  clean('base64 of a placeholder', base64([prefix, 'x'.repeat(30)].join(''))),
  clean('base64 of a short key', base64([prefix, realBody(20)].join(''))),
  ...(['rk_live', 'rkcs_test', 'whsec'] as const).map((kind): LeakCase => ({
    name: `base64 of ${kind}`,
    text: base64(token(kind, 36)),
    leaks: [
      {
        written: '',
        rule: kind === 'rk_live' ? 'live-restricted-key' : kind === 'whsec' ? 'webhook-secret' : 'cli-key',
        form: 'base64',
      },
    ],
  })),
  written('hexadecimal', 'hex', 'data = 0x', hexOf(plainKey), ''),
  written('hexadecimal in capitals', 'hex', 'data = "', hexOf(plainKey).toUpperCase(), '"'),
  written('hexadecimal with more around it', 'hex', hexOf('key='), hexOf(plainKey), hexOf('\nend')),
  clean('hexadecimal of a longer word', hexOf(`task_live_${body}`)),
  clean('hexadecimal of a short key', hexOf([prefix, realBody(20)].join(''))),
  written('a list that is joined, in JavaScript', 'joined', `key = ['`, listedKey, `'].join('_')`),
  written('a list that is joined, in parts', 'joined', `key = ["`, `sk", "live", "${body}`, `"].join("_")`),
  written('a list whose parts keep the underscore', 'joined', `key = ["`, `sk_live_", "${body}`, `"].join("")`),
  written('a list that is joined, in Python', 'joined', `key = "_".join(['`, listedKey, `'])`),
  written('a list that is joined, in PHP', 'joined', `$key = implode('_', ['`, listedKey, `']);`),
  written('a list that is joined, in Go', 'joined', 'strings.Join([]string{"', `sk_live", "${body}`, '"}, "_")'),
  written('a list that is joined, in Java', 'joined', 'String.join("_", "', `sk_live", "${body}`, '")'),
  written('a list that is joined, over lines', 'joined', `[\n  '`, `sk_live',\n  '${body}`, `',\n].join('_')`),
  clean('a list that nobody joins', `modes = ['sk_live', '${body}']`),
  clean('a list of other words', `['task', 'live', '${body}'].join('_')`),
  ...[
    ['a zero-width space', '\u200B'],
    ['a zero-width joiner', '\u200D'],
    ['a word joiner', '\u2060'],
    ['the mark of UTF-8', '\uFEFF'],
    ['a soft hyphen', '\u00AD'],
  ].flatMap(([name = '', mark = '']) =>
    [1, 2, 4, 8, 60].map((at) => written(`${name} in it, at ${at}`, 'hidden', 'key = "', invisibly(mark, at), '"')),
  ),
  written('invisible characters everywhere', 'hidden', 'key = "', plainKey.split('').join('\u200B'), '"'),
];
