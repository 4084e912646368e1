import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { Secret } from '../../../src/domain/secret.ts';
import { testSecret } from '../fixtures.ts';
import { user } from './user.ts';

const { SecretBox } = await import('../../../src/ui/prompts/secretBox.ts');

describe('the box of a secret', () => {
  afterEach(() => user.beginAnew());
  const show = (settleMs?: number) => {
    const copies: string[] = [];
    const box = new SecretBox(() => ({
      hideAfterSeconds: 30,
      copy: (secret, copied) => {
        copies.push(secret.reveal());
        copied?.();
      },
      changed: () => undefined,
    }));
    const key = { id: 'mk_1', name: 'worker', mode: 'live' } as const;
    const hidden = box.show(key, new Secret(testSecret()), 'The new key.', settleMs);
    return { box, copies, hidden };
  };

  it('copies its secret with Enter, and hides', async () => {
    const { copies, hidden } = show();
    (await user.asked('worker · LIVE')).enter();
    await hidden;
    assert.deepEqual(copies, [testSecret()]);
  });

  it('copies nothing with an Enter that was meant for the prompt before', async () => {
    const { box, copies, hidden } = show(3_600_000);
    const prompt = await user.asked('worker · LIVE');
    prompt.enter();
    assert.ok(prompt.visible);
    prompt.press('Copy'); // that is meant
    assert.deepEqual(copies, [testSecret()]);
    box.hide();
    await hidden;
  });
});
