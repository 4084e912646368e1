import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';
import { needleTable } from '../src/leaks/detect/needles/needleSets.ts';

const folder = join(import.meta.dirname, '../src/leaks/detect/needles');
const source = join(folder, 'needles.wat');

/** The text of `needles.data.ts`: the WebAssembly of `needles.wat` with the tables of `needleSets.ts`. */
export async function needlesData(): Promise<string> {
  const tools = await wabt();
  const text = readFileSync(source, 'utf8').replaceAll(
    /\((low|high) (\d)\)/g,
    (_, half, place) => `(v128.const i8x16 ${needleTable(half === 'low' ? 'low' : 'high', Number(place)).join(' ')})`,
  );
  const parsed = tools.parseWat('needles.wat', text, { simd: true });
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return `/** Made from needles.wat by scripts/buildNeedles.ts; a test holds the two together. */\nexport const needlesModule =\n  '${Buffer.from(buffer).toString('base64')}';\n`;
}

if (import.meta.main) writeFileSync(join(folder, 'needles.data.ts'), await needlesData());
