import { clean, realBody, token, type LeakCase } from './leakCase.ts';

const written = (prefix: string, body: string): string => [prefix, body].join('_');
const visible = realBody(4);

/** What stands for a key and is none. */
export const placeholders: readonly LeakCase[] = [
  ...['x', 'X', '0', '1', '.', '*', '•', '-', '?', '#'].map((filler) =>
    clean(`thirty times ${filler}`, `key = "${written('sk_live', filler.repeat(30))}"`),
  ),
  ...[
    ['YourSecretKeyGoesHere123', 'words'],
    ['yoursecretkeygoeshereplease', 'words'],
    ['YOURSECRETKEYGOESHERE1234567', 'words'],
    ['ThisIsAFakeTestKey1234567890', 'words and a sequence'],
    ['replacewithyourrealkey0000', 'words'],
    ['exampleexampleexampleexample', 'one word over and over'],
    ['placeholderplaceholder12', 'one word over and over'],
    ['dummyDummyDUMMYdummyDummy', 'one word in every case'],
    ['abcdefghijklmnopqrstuvwxyz', 'the alphabet'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'the alphabet in capitals'],
    ['1234567890123456789012345', 'digits in order'],
    ['abc123abc123abc123abc123', 'a block over and over'],
    ['0123456789abcdef0123456789abcdef', 'hexadecimal digits in order'],
    ['a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4', 'a block over and over'],
    ['aaaaaaaabbbbbbbbcccccccc', 'three letters'],
    ['123abcDEF456ghiJKL789mnoPQRabcdefghijklmnop', 'sequences'],
    ['xxxxxxxxxxxxxxxxxxxx1a2B', 'a filler and a tail'],
    ['zyxwvutsrqponmlkjihgfedcba', 'the alphabet backwards'],
    ['testtesttesttesttesttest', 'test over and over'],
    ['FAKEKEYFORTESTINGONLY1234', 'words in capitals'],
    ['thisIsNotARealKeyAtAllSorry', 'a sentence'],
    ['InsertYourStripeKeyHere00', 'words'],
  ].map(([body = '', why]) => clean(`${why}: ${body}`, `STRIPE=${written('sk_test', body)}`)),
  clean('dots between', written('sk_live', `${visible}...${realBody(4)}`)),
  clean('an ellipsis between', written('sk_live', `${visible}…${realBody(4)}`)),
  clean('stars behind a beginning', written('sk_live', `${realBody(26)}********`)),
  clean('bullets behind a beginning', written('sk_live', `51${realBody(22)}••••••${realBody(4)}`)),
  clean('an ellipsis behind a long beginning', written('rk_live', `${realBody(30)}…${realBody(4)}`)),
  clean('three dots and an end behind a long beginning', written('rk_live', `${realBody(30)}...${realBody(4)}`)),
  clean("the mask of Stripe's refusals", `Invalid API Key provided: ${written('sk_test', '*'.repeat(20))}${visible}`),
  clean("the Dashboard's mask", `${written('sk_live', '…')}${visible}`),
  clean('a variable of a shell', `STRIPE_KEY=${written('sk_live', ['$', '{KEY}'].join(''))}`),
  clean('a template', written('sk_live', '{{ stripe_key }}')),
  clean('a bracket', written('sk_test', '<your-key-here>')),
  clean('the bare prefix', 'Secret keys begin with `sk_live_` or `rk_live_`.'),
  clean('a pattern', String.raw`/^sk_live_[0-9a-zA-Z]{24,}$/`),
  clean('a glob', 'sk_live_*'),
  ...['pk_test', 'price', 'prod', 'cus', 'acct', 'evt', 'cs_test', 'seti', 'ek_test'].map((prefix) =>
    clean(`another id: ${prefix}_`, token(prefix, 24)),
  ),
];
