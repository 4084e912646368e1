import type { PlaceRow } from './row.ts';

/** Debian has no compiler of it: the grammar alone is the judge. */
export const powershellRows: readonly PlaceRow[] = [
  ['a value', true, `$key = '§'\n`],
  ['a value in double quotes', true, `$key = "§"\n`],
  ['a part in double quotes', true, `$header = "Bearer §"\n`],
  ['a part in single quotes', true, `$header = 'Bearer §'\n`],
  ['a word', true, `curl.exe -u §: https://api.stripe.com\n`],
  ['a value of a table', true, `$all = @{ Authorization = 'Bearer §' }\n`],
  ['a name of a table', false, `$all = @{ '§' = 1 }\n`],
  ['a long text', true, `$text = @"\na § b\n"@\n`],
  ['a long text that nothing expands', false, `$text = @'\na § b\n'@\n`],
  ['a default', true, `function f([string]$key = '§') { $key }\n`],
  ['an attribute', false, `function f([ValidateSet('§')][string]$key) { $key }\n`],
  ['a comment', false, `# §\n$a = 1\n`],
  ['a list', true, `$all = @('a', '§')\n`],
  ['a comparison', true, `if ($a -eq '§') { 1 }\n`],
];
