/** Writes `{ port: 80, quiet: true, loud: false }` as `['--port=80', '--quiet']`. */
export function flags(options: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(options)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
}
