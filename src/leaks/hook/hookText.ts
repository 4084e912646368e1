/** Begins and ends what is ours in a hook that others wrote. */
const begin = '# >>> keysmith: no Stripe key is committed >>>';
const end = '# <<< keysmith <<<';

/** A program as a shell starts it. */
export interface HookProgram {
  /** What must be there for it to run. */
  readonly file: string;
  /** What runs it, such as Node, with its arguments. */
  readonly by: readonly string[];
}

export const hookCommand = ({ file, by }: HookProgram): string =>
  `${[...by, file].map(quoted).join(' ')} scan --staged`;

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

// Where the program is gone, as after an update, commits go on: a guard that stops everybody is taken out.
const block = (program: HookProgram): string => `${begin}
if [ -f ${quoted(program.file)} ]; then
  keysmith_found=$(${hookCommand(program)} 2>&1)
  keysmith_status=$?
else
  keysmith_found='Keysmith is no longer where its hook looks for it.'
  keysmith_status=2
fi
case $keysmith_status in
0) ;;
1)
  printf '%s\\n' "$keysmith_found" >&2
  echo 'Keysmith stopped this commit. Take the key out, or excuse it with a comment "keysmith:ignore REASON" on its line.' >&2
  echo 'To commit all the same: git commit --no-verify' >&2
  exit 1
  ;;
*)
  printf '%s\\n' "$keysmith_found" >&2
  echo 'This commit was not looked through. Install the hook again, or take it out: keysmith hook uninstall' >&2
  ;;
esac
${end}
`;

/**
 * A pre-commit hook with ours in it: new where there was none, else behind its first line, so that it runs whatever the rest does.
 * Undefined where the hook is no shell script, and a shell's lines would break it.
 */
export function addToHook(text: string | undefined, program: HookProgram): string | undefined {
  if (text === undefined || text.trim() === '') return `#!/bin/sh\n${block(program)}`;
  const others = removeFromHook(text) ?? '';
  const [first = ''] = others.split('\n', 1);
  if (!first.startsWith('#!')) return `${block(program)}${others}`;
  if (!/\b(?:ba|da|z|k)?sh\b/.test(first)) return undefined;
  return `${first}\n${block(program)}${others.slice(first.length + 1)}`;
}

/** A hook without ours; undefined where nothing would be left of it. */
export function removeFromHook(text: string): string | undefined {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) return text;
  const rest = text.slice(0, from) + text.slice(to + end.length).replace(/^\r?\n/, '');
  return /^(?:#!.*)?\s*$/.test(rest) ? undefined : rest;
}

export const hasHook = (text: string): boolean => text.includes(begin);
