import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Which fields of Stripe's objects are numbers or booleans, by name, read from the SDK's types: a form carries only texts.
// A name that is a text in as many places is left a text. Run: node scripts/readFieldTypes.ts
const root = join(import.meta.dirname, '..');
type Counts = Readonly<Record<'number' | 'boolean' | 'string', number>>;
const seen = new Map<string, Counts>();
for (const path of globSync('node_modules/stripe/cjs/resources/**/*.d.ts', { cwd: root })) {
  for (const { groups } of readFileSync(join(root, path), 'utf8').matchAll(
    /^\s+(?<name>[a-z]\w*)\??: (?<type>number|boolean|string)\b/gm,
  )) {
    const { name = '', type = '' } = groups ?? {};
    const counts = seen.get(name) ?? { number: 0, boolean: 0, string: 0 };
    seen.set(name, { ...counts, [type]: counts[type as keyof Counts] + 1 });
  }
}
const mostly = (type: 'number' | 'boolean'): string[] =>
  [...seen]
    .filter(([, counts]) => counts[type] > counts.string)
    .map(([name]) => name)
    .toSorted();

writeFileSync(
  join(root, 'src/emulator/api/fieldTypes.data.json'),
  `${JSON.stringify({ number: mostly('number'), boolean: mostly('boolean') }, undefined, 1)}\n`,
);
