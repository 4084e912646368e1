import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRoutes } from './buildRoutes.ts';
import { printRoutes } from './printRoutes.ts';

/** Writes the emulator's table of routes anew. Run it after an update of the SDK or of a rule. */
const table = await buildRoutes();
writeFileSync(join(import.meta.dirname, '../src/emulator/routing/routes.data.json'), printRoutes(table));
console.log(`${table.routes.length} routes of SDK ${table.sdk}`);
