import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'mocha';
import { findLeaks } from '../../../../src/leaks/detect/findLeaks.ts';
import { files } from './cases/files.ts';
import { forms } from './cases/forms.ts';
import { kinds } from './cases/kinds.ts';
import type { LeakCase } from './cases/leakCase.ts';
import { places } from './cases/places.ts';
import { placeholders } from './cases/placeholders.ts';
import { surroundings } from './cases/surroundings.ts';

const topics: Readonly<Record<string, readonly LeakCase[]>> = {
  'by kind and length': kinds,
  'by what stands around it': surroundings,
  'not a placeholder': placeholders,
  'in every kind of file': files,
  'however it is written': forms,
  'with the weight of its place': places,
};

describe('findLeaks', () => {
  for (const [topic, cases] of Object.entries(topics)) {
    describe(`finds a key ${topic}`, () => {
      for (const { name, text, context, leaks } of cases) {
        it(`${leaks.length === 0 ? 'none: ' : ''}${name}`, () => {
          const found = findLeaks(text, context);
          assert.deepEqual(
            found.map(({ rule, start, end }) => [rule, text.slice(start, end)]),
            leaks.map(({ rule, written }) => [rule, written || text]),
          );
          for (const [index, leak] of found.entries()) {
            const { severity, form } = leaks[index] ?? {};
            if (severity) assert.equal(leak.severity, severity);
            if (form) assert.equal(leak.form, form);
            const body = leak.secret.reveal().replace(/^.*_/, '');
            for (const shown of [JSON.stringify(leak), inspect(leak)]) assert.ok(!shown.includes(body.slice(0, -4)));
          }
        });
      }
    });
  }

  it('is tried with at least 250 cases', () => assert.ok(Object.values(topics).flat().length >= 250));
});
