import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aKey } from '../fixtures.ts';
import './user.ts';

const { keyTooltip } = await import('../../../src/ui/tree/keyTooltip.ts');
const { asText } = await import('../../../src/ui/markdownText.ts');

const now = new Date('2026-05-01T12:00:00Z');
const tooltipOf = (over: Parameters<typeof aKey>[0]): string =>
  keyTooltip(aKey(over), { vault: 'kept', shown: false }, now).value;

describe('the tooltip of a key', () => {
  it('has spaces that a line can be broken at, and no others', () => {
    const text = tooltipOf({
      name: 'the key of the billing worker',
      note: 'in the safe on the second floor, behind the picture',
      kind: 'restricted',
      permissions: ['customer_read', 'charge_write'],
      addresses: ['203.0.113.7', '203.0.113.0/24'],
      expires: new Date('2026-05-08T12:00:00Z'),
    });
    assert.doesNotMatch(text, /&nbsp;|\u00A0/);
    assert.match(text, /in the safe on the second floor/);
    assert.match(text, /Reads Customers&#46;|Reads Customers\./);
    assert.match(text, /in 7 d/);
  });

  for (const [what, hostile] of [
    ['a link', '[click](command:workbench.action.quit)'],
    ['a picture', '![x](https://example.com/x.png)'],
    ['an icon', '$(key) urgent'],
    ['a tag', '<b>bold</b>'],
    ['emphasis', '**bold** _slanted_ ~~gone~~ `code`'],
    ['an entity', '&nbsp;&#42;'],
    ['a heading after a line', 'a\n# b'],
    ['a table', 'a | b\n--- | ---'],
    ['an address', 'https://example.com www.example.com a@example.com'],
  ] as const) {
    it(`shows ${what} as the text it is`, () => {
      const text = asText(hostile);
      assert.doesNotMatch(text.replaceAll(/&#\d+;/g, ''), /[[\]()<>*_~`$|!#&:.]/);
      assert.equal(
        text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('\n\n', '\n'),
        hostile,
      );
      assert.ok(tooltipOf({ name: hostile }).includes(text));
      assert.ok(tooltipOf({ note: hostile }).includes(text));
    });
  }
});
