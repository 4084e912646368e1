import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseRunCommand } from '../../../src/handover/runArguments.ts';

describe('the arguments of keysmith run', () => {
  it('are a key and a command with all its words', () => {
    assert.deepEqual(parseRunCommand(['--key', 'our shop', '--', 'node', '--key', 'x', '--', 'y']), {
      ok: true,
      value: {
        key: 'our shop',
        variables: ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'],
        program: 'node',
        args: ['--key', 'x', '--', 'y'],
      },
    });
  });

  it('may name the variables', () => {
    const parsed = parseRunCommand(['--key=mk_1', '--env', 'A', '--env=B_2', '--', 'env']);
    assert.deepEqual(parsed.ok ? parsed.value.variables : [], ['A', 'B_2']);
  });

  for (const [why, args, says] of [
    ['no key', ['--', 'env'], /--key NAME/],
    ['an empty key', ['--key', '', '--', 'env'], /--key NAME/],
    ['no command', ['--key', 'a', '--'], /needs a command/],
    ['no border', ['--key', 'a', 'env'], /env/],
    ['nothing', [], /--key NAME/],
    ['an option that there is not', ['--kye', 'a', '--', 'env'], /--kye/],
    ['a variable with an equals sign', ['--key', 'a', '--env', 'A=B', '--', 'env'], /"A=B"/],
    ['a variable without a name', ['--key', 'a', '--env', '', '--', 'env'], /name of a variable/],
  ] as const) {
    it(`are refused with ${why}`, () => {
      const parsed = parseRunCommand(args);
      assert.match(parsed.ok ? 'accepted' : parsed.problem, says);
    });
  }
});
