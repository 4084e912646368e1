import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { launchKeys, withVariables, type LaunchParts } from '../../../src/handover/launchKeys.ts';

function wanted(parts: LaunchParts): unknown {
  const read = launchKeys(parts);
  assert.ok(read.ok, JSON.stringify(parts));
  return read.value;
}

describe('the keys of a launch configuration', () => {
  it('are none where none is asked for', () => {
    for (const parts of [
      {},
      { keysmith: false },
      { env: null },
      { env: { A: 'x', B: 1, C: 'not keysmith:x' } },
      { environment: [{ name: 'A', value: 'x' }, 'nonsense', { value: 'keysmith:x' }] },
    ])
      assert.equal(wanted(parts), undefined, JSON.stringify(parts));
  });

  it('are those chosen for the workspace', () => {
    assert.deepEqual(wanted({ keysmith: true }), { chosen: true, named: new Map() });
  });

  it('are named as values of the environment', () => {
    const named = new Map([['STRIPE_SECRET_KEY', 'Secret key']]);
    assert.deepEqual(wanted({ env: { STRIPE_SECRET_KEY: 'keysmith:Secret key', PORT: '80' } }), {
      chosen: false,
      named,
    });
    assert.deepEqual(wanted({ environment: [{ name: 'STRIPE_SECRET_KEY', value: 'keysmith: Secret key ' }] }), {
      chosen: false,
      named,
    });
  });

  it('are named as variables of the property, where the environment’s word counts more', () => {
    assert.deepEqual(wanted({ keysmith: { A: 'one', B: 'two' }, env: { B: 'keysmith:three' } }), {
      chosen: false,
      named: new Map([
        ['A', 'one'],
        ['B', 'three'],
      ]),
    });
  });

  it('are refused where they cannot be read', () => {
    for (const parts of [
      { keysmith: 'Secret key' },
      { keysmith: {} },
      { keysmith: { A: 1 } },
      { keysmith: { 'not a name': 'x' } },
      { keysmith: [{ name: 'A', value: 'x' }] },
      { keysmith: null },
      { env: { A: 'keysmith:' } },
      { env: { A: 'keysmith:  ' } },
    ])
      assert.equal(launchKeys(parts).ok, false, JSON.stringify(parts));
  });
});

describe('the environment of a launch configuration', () => {
  it('gets the values beside what is there', () => {
    assert.deepEqual(withVariables({ env: { A: 'keysmith:x', PORT: '80' } }, { A: '1', B: '2' }, 'node'), {
      env: { A: '1', PORT: '80', B: '2' },
    });
    assert.deepEqual(withVariables({}, { A: '1' }, 'node'), { env: { A: '1' } });
  });

  it('is a list for C and C++, in which nothing stands twice', () => {
    const environment = [
      { name: 'A', value: 'keysmith:x' },
      { name: 'PORT', value: '80' },
    ];
    assert.deepEqual(withVariables({ environment }, { A: '1' }, 'cppdbg'), {
      environment: [
        { name: 'PORT', value: '80' },
        { name: 'A', value: '1' },
      ],
    });
    assert.deepEqual(withVariables({}, { A: '1' }, 'cppvsdbg'), { environment: [{ name: 'A', value: '1' }] });
  });
});
