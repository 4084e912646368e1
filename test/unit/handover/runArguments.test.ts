import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WantedKey } from '../../../src/handover/protocol.ts';
import { parseRunCommand, runUsage } from '../../../src/handover/runArguments.ts';

const usual = (key: string): WantedKey[] => [
  { variable: 'STRIPE_API_KEY', key },
  { variable: 'STRIPE_SECRET_KEY', key },
];

describe('the arguments of keysmith run', () => {
  it('are a key and a command with all its words', () => {
    assert.deepEqual(parseRunCommand(['--key', 'our shop', '--', 'node', '--key', 'x', '--', 'y']), {
      ok: true,
      value: { keys: usual('our shop'), program: 'node', args: ['--key', 'x', '--', 'y'] },
    });
  });

  for (const [why, args, keys] of [
    [
      'may name the variables',
      ['--key=mk_1', '--env', 'A', '--env=B_2'],
      [
        ['A', 'mk_1'],
        ['B_2', 'mk_1'],
      ],
    ],
    [
      'may give each variable a key of its own',
      ['--env', 'A=our shop', '--env=B=b=c'],
      [
        ['A', 'our shop'],
        ['B', 'b=c'],
      ],
    ],
    [
      'may do both',
      ['--env', 'A=one', '--key', 'two', '--env', 'B'],
      [
        ['B', 'two'],
        ['A', 'one'],
      ],
    ],
    [
      'give the usual variables the key beside those with their own',
      ['--key', 'one', '--env', 'A=two'],
      [
        ['STRIPE_API_KEY', 'one'],
        ['STRIPE_SECRET_KEY', 'one'],
        ['A', 'two'],
      ],
    ],
    [
      'leave a usual variable to its own key',
      ['--key', 'one', '--env', 'STRIPE_API_KEY=two'],
      [
        ['STRIPE_SECRET_KEY', 'one'],
        ['STRIPE_API_KEY', 'two'],
      ],
    ],
    ['mean the choice of the workspace without a key', [], []],
    [
      'may name variables of that choice',
      ['--env', 'A', '--env', 'B'],
      [
        ['A', undefined],
        ['B', undefined],
      ],
    ],
    [
      'may begin a name with dashes',
      ['--key=--env', '--env=A=-x'],
      [
        ['STRIPE_API_KEY', '--env'],
        ['STRIPE_SECRET_KEY', '--env'],
        ['A', '-x'],
      ],
    ],
  ] as const) {
    it(why, () => {
      const parsed = parseRunCommand([...args, '--', 'env']);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.deepEqual(
        parsed.value.keys.map(({ variable, key }) => [variable, key]),
        keys,
      );
    });
  }

  for (const [why, args, says] of [
    ['an empty key', ['--key', '', '--', 'env'], /--key NAME/],
    ['no command', ['--key', 'a', '--'], /needs a command/],
    ['no border', ['--key', 'a', 'env'], /env/],
    ['nothing', [], /needs a command, behind "--"/],
    ['an option that there is not', ['--kye', 'a', '--', 'env'], /--kye/],
    ['a key that is missing', ['--env', 'A=', '--', 'env'], /--env A=NAME/],
    ['a variable without a name', ['--key', 'a', '--env', '', '--', 'env'], /name of a variable/],
    ['a variable without a name before a key', ['--env', '=a', '--', 'env'], /name of a variable, not ""/],
    ['what is no name of a variable', ['--env', 'A-B=a', '--', 'env'], /not "A-B"/],
    ['a variable twice', ['--env', 'A=a', '--env', 'A', '--key', 'b', '--', 'env'], /the variable A twice/],
  ] as const) {
    it(`are refused with ${why}`, () => {
      const parsed = parseRunCommand(args);
      assert.match(parsed.ok ? 'accepted' : parsed.problem, says);
    });
  }

  it('are explained with every option and status', () => {
    for (const part of [
      '--key NAME',
      '--env VARIABLE=NAME',
      '-- COMMAND',
      '125',
      '126 or 127',
      'chosen for the workspace',
    ])
      assert.ok(runUsage.includes(part), part);
  });
});
