import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRoutes } from './buildRoutes.ts';
import { printRoutes } from './printRoutes.ts';
import { printSdkCalls } from './printSdkCalls.ts';

/** Writes the emulator's table of routes anew, and that of the SDK's methods. Run it after an update of the SDK or of a rule. */
const table = await buildRoutes();
const source = join(import.meta.dirname, '../src');
writeFileSync(join(source, 'emulator/routing/routes.data.json'), printRoutes(table));
writeFileSync(join(source, 'requests/fromSource/sdkCalls.data.json'), printSdkCalls(table));
console.log(`${table.routes.length} routes of SDK ${table.sdk}`);
