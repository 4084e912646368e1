/** Begins and ends what is ours in a hook that others wrote. */
const begin = '# >>> keysmith: no Stripe key is committed >>>';
const end = '# <<< keysmith <<<';

/** Where git's configuration of one machine says which program looks through commits: a hook may be shared, a path may not. */
export const hookSettings = { program: 'keysmith.program', runtime: 'keysmith.runtime' } as const;

/** Where npm puts the program of an installed package, below the folder of a package. */
export const packageBin = 'node_modules/.bin/keysmith';

/** What an entry of another tool's hooks runs. */
export const sharedCommand = 'npx --no-install keysmith scan --staged';

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * What is put into a hook. It names no path of one machine, runs under any shell that `sh` may be, with `-e` and `-u` too, and asks no
 * registry for anything. A linked work tree has the packages of the main one.
 *
 * @param folder of the package that has the program installed, from the top of the work tree; empty for the top itself
 */
const block = (folder: string): string => `${begin}
# Looks through what is staged. Without a Keysmith on this machine it refuses; it fetches nothing.
keysmith_scan() {
  keysmith_program=$(git config --get ${hookSettings.program}) || keysmith_program=
  keysmith_runtime=$(git config --get ${hookSettings.runtime}) || keysmith_runtime=
  if [ -f "$keysmith_program" ] && [ -n "$keysmith_runtime" ]; then
    [ -x "$keysmith_runtime" ] || keysmith_runtime=node
    ELECTRON_RUN_AS_NODE=1 "$keysmith_runtime" "$keysmith_program" scan --staged
    return
  fi
  if [ -f "$keysmith_program" ] && [ -x "$keysmith_program" ]; then
    "$keysmith_program" scan --staged
    return
  fi
  for keysmith_place in . "$(git rev-parse --git-common-dir)/.."; do
    keysmith_program=$keysmith_place/${quoted(folder === '' ? packageBin : `${folder}/${packageBin}`)}
    if [ -x "$keysmith_program" ]; then
      "$keysmith_program" scan --staged
      return
    fi
  done
  if command -v keysmith >/dev/null 2>&1; then
    keysmith scan --staged
    return
  fi
  echo 'Keysmith, which looks for Stripe keys in what is committed here, was not found on this machine. Either'
  echo '- install "Keysmith for Stripe" in VS Code and run "Keysmith: Install Pre-commit Hook" there, or'
  echo '- install its packed command line here: npm install --save-dev ./keysmith-VERSION.tgz'
  return 2
}
keysmith_status=0
keysmith_found=$(set +e; keysmith_scan 2>&1 </dev/null) || keysmith_status=$?
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
  echo 'This commit was stopped, for it could not be looked through for Stripe keys.' >&2
  echo 'To commit all the same: git commit --no-verify' >&2
  exit 1
  ;;
esac
${end}
`;

/** A text that a shell would read: a program of another kind is none. */
export const isShellText = (text: string): boolean => {
  if (text.includes('\0') || text.includes('\uFFFD')) return false;
  const [first = ''] = text.split('\n', 1);
  return !first.startsWith('#!') || /\b(?:ba|da|z|k)?sh\b/.test(first);
};

/**
 * A pre-commit hook with ours in it: new where there was none, else behind its first line, so that it runs whatever the rest does.
 * Undefined where the hook is no shell script, and a shell's lines would break it.
 */
export function addToHook(text: string | undefined, folder: string): string | undefined {
  const others = text === undefined ? undefined : removeFromHook(text);
  if (others === undefined || others.trim() === '') return `#!/bin/sh\n${block(folder)}`;
  if (!isShellText(others)) return undefined;
  const [first = ''] = others.split('\n', 1);
  if (!first.startsWith('#!')) return `${block(folder)}${others}`;
  return `${first}\n${block(folder)}${others.slice(first.length + 1)}`;
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
