import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ownSettings, parseSettings } from '../../../../src/leaks/server/parseSettings.ts';

describe('settings of the leak guard', () => {
  for (const [why, given, rules, vault, unknown] of [
    ['nothing', undefined, undefined, undefined, []],
    ['null', null, undefined, undefined, []],
    ['a text', 'off', undefined, undefined, ['the settings as a whole']],
    ['a list', [], undefined, undefined, ['the settings as a whole']],
    ['rules that are null', { rules: null, vault: true }, undefined, true, ['rules']],
    ['rules that are a list', { rules: ['off'] }, undefined, undefined, ['rules']],
    ['a vault that is no yes or no', { vault: 'yes' }, undefined, undefined, ['vault']],
    ['documents that are no yes or no', { documents: 0 }, undefined, undefined, ['documents']],
    ['a name that is misspelt', { ruls: {} }, undefined, undefined, ['ruls']],
    ['no rules, which takes back what was set', { rules: {} }, [], undefined, []],
    [
      'rules of which some mean nothing',
      { rules: { 'cli-key': 'off', 'test-secret-key': 'fatal', 'webhook-secret': 1, no: 'error', toString: 'hint' } },
      [['cli-key', 'off']],
      undefined,
      ['rules.test-secret-key', 'rules.webhook-secret', 'rules.no', 'rules.toString'],
    ],
  ] as const) {
    it(`takes ${why}`, () => {
      const parsed = parseSettings(given);
      assert.deepEqual([parsed.rules && [...parsed.rules], parsed.vault, parsed.unknown], [rules, vault, unknown]);
    });
  }

  const own = { rules: {} };
  for (const [why, all, expected] of [
    ['below keysmith.guard', { keysmith: { guard: own, emulator: {} }, python: {} }, own],
    ['below keysmith', { keysmith: own }, own],
    ['in nothing', null, undefined],
    ["in another program's", { python: { rules: {} } }, undefined],
  ] as const) {
    it(`are found ${why}`, () => {
      assert.deepEqual(ownSettings(all), expected);
    });
  }
});
