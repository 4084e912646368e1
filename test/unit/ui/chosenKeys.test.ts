import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChosenKeys } from '../../../src/ui/use/chosenKeys.ts';

function chosenOf(kept: unknown): ChosenKeys {
  let held = kept;
  const memory = {
    get: () => held,
    update: async (_key: string, value: unknown) => {
      held = value;
    },
  };
  return new ChosenKeys(memory as unknown as ConstructorParameters<typeof ChosenKeys>[0]);
}

describe('ChosenKeys', () => {
  it('has nothing at first', () => assert.equal(chosenOf(undefined).value.size, 0));

  it('keeps ids by variable, and leaves others alone', async () => {
    const chosen = chosenOf({ OTHER: 'mk_9' });
    await chosen.choose(['STRIPE_SECRET_KEY', 'STRIPE_API_KEY'], 'mk_1');
    await chosen.choose(['STRIPE_API_KEY'], undefined);
    assert.deepEqual(
      [...chosen.value],
      [
        ['OTHER', 'mk_9'],
        ['STRIPE_SECRET_KEY', 'mk_1'],
      ],
    );
  });

  it('passes over what is no choice', () => {
    assert.deepEqual([...chosenOf({ 'A=B': 'mk_1', '': 'mk_1', A: 7, B: 'mk_2' }).value], [['B', 'mk_2']]);
  });
});
