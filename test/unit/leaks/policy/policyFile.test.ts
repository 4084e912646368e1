import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { noPolicy, parsePolicy } from '../../../../src/leaks/policy/policyFile.ts';
import { weigh } from '../../../../src/leaks/policy/weigh.ts';
import { leakRules, severities, type RuleSetting, type Severity } from '../../../../src/leaks/protocol.ts';

const schemaFile = join(import.meta.dirname, '../../../../media/keysmith.schema.json');
const accepts = new Ajv().compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

describe('keysmith.json', () => {
  for (const [why, json, problem] of [
    ['no rules', { keysmith: 1 }, undefined],
    ['every rule', { keysmith: 1, rules: Object.fromEntries(leakRules.map((rule) => [rule, 'off'])) }, undefined],
    ['a schema', { $schema: 'https://example.com/s.json', keysmith: 1, rules: {} }, undefined],
    ...[...severities, 'off'].map(
      (setting) => [setting, { keysmith: 1, rules: { 'cli-key': setting } }, undefined] as const,
    ),
    ['a newer version', { keysmith: 2, rules: {} }, /newer Keysmith: update/],
    ['no version', { rules: {} }, /does not say "keysmith": 1/],
    ['a version that is text', { keysmith: '1' }, /does not say "keysmith": 1/],
    ['an older version', { keysmith: 0 }, /does not say/],
    ['another field', { keysmith: 1, rule: {} }, /field that Keysmith does not know: rule$/],
    ['a field with a link in it', { keysmith: 1, '[x](command:y)': {} }, /field that Keysmith does not know$/],
    ['another rule', { keysmith: 1, rules: { 'live-key': 'off' } }, /rule that Keysmith does not know: live-key$/],
    ['another severity', { keysmith: 1, rules: { 'cli-key': 'fatal' } }, /sets cli-key to what is none of error, /],
    ['a severity that is no text', { keysmith: 1, rules: { 'cli-key': ['off'] } }, /sets cli-key/],
    ['rules that are a list', { keysmith: 1, rules: ['off'] }, /"rules" that are no object/],
    ['a list', [1], /not a JSON object/],
    ['null', null, /not a JSON object/],
  ] as const)
    it(`${problem ? 'refuses' : 'takes'} ${why}, and so does its schema`, () => {
      const parsed = parsePolicy(JSON.stringify(json));
      assert.equal(accepts(json), problem === undefined);
      if (problem) assert.match(parsed.ok ? '' : parsed.problem, problem);
      else assert.deepEqual(parsed.ok && [...parsed.value], Object.entries((json as { rules?: object }).rules ?? {}));
    });

  for (const text of ['', '{', 'keysmith: 1', '{"keysmith":1,}'])
    it(`refuses ${JSON.stringify(text)}`, () => assert.match(JSON.stringify(parsePolicy(text)), /is not valid JSON/));

  it('reads past a byte order mark', () => assert.ok(parsePolicy('\uFEFF{"keysmith":1}').ok));
});

describe('the weight of a leak', () => {
  const rule = 'cli-key';
  const weighed = (own: Severity, user?: RuleSetting, policy?: RuleSetting, trusted = true): Severity | 'off' => {
    const map = (setting?: RuleSetting): typeof noPolicy => (setting ? new Map([[rule, setting]]) : noPolicy);
    const leak = {
      rule,
      kind: 'cli',
      mode: undefined,
      severity: own,
      confidence: 'certain',
      form: 'plain',
      mask: '',
      fingerprint: '',
    } as const;
    return weigh([leak], { user: map(user), policy: map(policy), trusted })[0]?.severity ?? 'off';
  };
  for (const [own, user, policy, trusted, severity] of [
    ['warning', undefined, undefined, true, 'warning'],
    ['warning', undefined, 'error', true, 'error'],
    ['warning', undefined, 'off', true, 'off'],
    ['warning', 'hint', 'error', true, 'hint'],
    ['warning', 'off', 'error', true, 'off'],
    ['warning', 'error', 'off', true, 'error'],
    ['warning', undefined, 'off', false, 'warning'],
    ['warning', undefined, 'hint', false, 'warning'],
    ['warning', undefined, 'error', false, 'error'],
    ['warning', 'off', undefined, false, 'warning'],
    ['warning', 'error', 'off', false, 'error'],
    ['error', 'information', 'hint', false, 'error'],
  ] as const)
    it(`is ${severity} for ${own}, the user's ${user}, the policy's ${policy}, ${trusted ? '' : 'un'}trusted`, () =>
      assert.equal(weighed(own, user, policy, trusted), severity));
});
