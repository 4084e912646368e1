import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { portsToResume, readRemembered } from '../../../src/ui/rememberedPort.ts';

describe('the port on which the emulator starts again', () => {
  for (const [why, remembered, setting, ports] of [
    ['the old one, which is that of the settings', { port: 12_181, wanted: 12_181 }, 12_181, [12_181]],
    ['the old one, and else that of the settings', { port: 13_000, wanted: 12_181 }, 12_181, [13_000, 12_181]],
    ['the old one where the settings take any', { port: 40_000, wanted: 0 }, 0, [40_000, 0]],
    ['that of the settings where they have changed', { port: 12_181, wanted: 12_181 }, 13_000, [13_000]],
    ['that of the settings where they have changed to any', { port: 12_181, wanted: 12_181 }, 0, [0]],
    ['that of the settings where another was used before', { port: 13_000, wanted: 12_181 }, 14_000, [14_000]],
  ] as const) {
    it(`is ${why}`, () => assert.deepEqual(portsToResume(remembered, setting), ports));
  }

  for (const stored of [
    undefined,
    null,
    12_181,
    'x',
    {},
    { port: 0, wanted: 0 },
    { port: 70_000, wanted: 0 },
    { port: 1 },
  ])
    it(`is not known from ${JSON.stringify(stored)}`, () => assert.equal(readRemembered(stored), undefined));

  it('is known from what was kept', () =>
    assert.deepEqual(readRemembered({ port: 12_181, wanted: 0 }), { port: 12_181, wanted: 0 }));
});
