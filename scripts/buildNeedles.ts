import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const folder = join(import.meta.dirname, '../src/leaks/detect/needles');
const source = join(folder, 'needles.wat');

/** The text of `needles.data.ts`: the WebAssembly of `needles.wat`. */
export async function needlesData(): Promise<string> {
  const tools = await wabt();
  const parsed = tools.parseWat('needles.wat', readFileSync(source, 'utf8'), { simd: true });
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return `/** Made from needles.wat by scripts/buildNeedles.ts; a test holds the two together. */\nexport const needlesModule =\n  '${Buffer.from(buffer).toString('base64')}';\n`;
}

if (import.meta.main) writeFileSync(join(folder, 'needles.data.ts'), await needlesData());
