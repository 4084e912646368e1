import type { PlaceRow } from './row.ts';

/** Scripts that print what they made of the key, for every POSIX shell. */
export const shellRows: readonly PlaceRow[] = [
  ['a value', true, `KEY=§\necho "$KEY"\n`],
  ['a value in quotes', true, `KEY="§"\necho "$KEY"\n`],
  ['a value in single quotes', true, `KEY='§'\necho "$KEY"\n`],
  ['a part in single quotes', true, `echo 'Authorization: Bearer § "x" $y'\n`],
  ['a part in double quotes', true, `echo "Authorization: Bearer §"\n`],
  ['a word', true, `echo §:\n`],
  ['an exported value', true, `export KEY=§\necho "$KEY"\n`],
  ['a heredoc', true, `cat <<TEXT\na § b\nTEXT\n`],
  ['a quoted heredoc', false, `cat <<'TEXT'\na § b\nTEXT\n`],
  ['a heredoc that is quoted by a backslash', false, `cat <<\\TEXT\na § b\nTEXT\n`],
  ['a heredoc in double quotes', false, `cat <<-"TEXT"\n\ta § b\n\tTEXT\n`],
  ['a command in a text', true, `echo "a $(echo '§') b"\n`],
  ['a default', true, `echo "\${key_that_is_not_set:-§}"\n`],
  ['a default in single quotes inside a text', false, `echo "\${key_that_is_not_set:-'§'}"\n`],
  ['a case', true, `case a in\n  §) echo 1 ;;\n  *) echo 2 ;;\nesac\n`],
  ['a list of a loop', true, `for a in b § c; do echo "$a"; done\n`],
  ['a comment', false, `# §\necho 1\n`],
  ['a comment behind', false, `echo 1 # §\n`],
  ['a command over lines', true, `echo a \\\n  -u §: \\\n  b\n`],
  ['a function', true, `f() {\n  echo '§'\n}\nf\n`],
  ['a program in quotes', true, `sh -c 'echo "§"'\n`],
  ['an assignment before a command', true, `KEY=§ sh -c 'echo "$KEY"'\n`],
];

/** For bash alone. */
export const bashRows: readonly PlaceRow[] = [
  ['a list', true, `all=(a '§' b)\necho "\${all[1]}"\n`],
  ['a text with escapes', true, `echo $'§'\n`],
  ['a part of a text with escapes', false, `echo $'a\\t§'\n`],
  ['a herestring', true, `cat <<< "§"\n`],
  ['a comparison', true, `[[ a == § ]] || echo no\n`],
  ['a declaration', true, `declare -r KEY='§'\necho "$KEY"\n`],
  ['a name in a list', false, `declare -A all\nall[§]=1\necho "\${#all[@]}"\n`],
];
