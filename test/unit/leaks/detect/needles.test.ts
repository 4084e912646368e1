import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { needlesData } from '../../../../scripts/buildNeedles.ts';
import { ByteSearch } from '../../../../src/leaks/detect/needles/byteSearch.ts';
import { token } from './cases/leakCase.ts';

describe('the search for needles', () => {
  it('is made from its source', async () => {
    const file = join(import.meta.dirname, '../../../../src/leaks/detect/needles/needles.data.ts');
    assert.equal(readFileSync(file, 'utf8'), await needlesData());
  });

  it('finds a token wherever it stands, and nothing that an earlier text left', () => {
    const search = new ByteSearch();
    const key = token('sk_live');
    for (let at = 0; at < 100; at += 1) {
      const text = `${'.'.repeat(at)}${key}`;
      search.room(text.length).write(text);
      assert.ok(search.mayHoldLeak(text.length), `at ${at}`);
      search.room(at).fill('.');
      assert.ok(!search.mayHoldLeak(at), `nothing before ${at}`);
    }
  });

  it('takes a text larger than the room it begins with', () => {
    const search = new ByteSearch();
    const text = `${'x'.repeat(5_000_000)}${token('whsec', 32)}`;
    search.room(text.length).write(text);
    assert.ok(search.mayHoldLeak(text.length));
  });
});
