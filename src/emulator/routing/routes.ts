import table from './routes.data.json' with { type: 'json' };
import type { RouteTable } from './routeTable.ts';

/**
 * Every address api.stripe.com answers, as `scripts/readRoutes.ts` wrote it. The data is ours and a test holds it to its type, so it is
 * not checked again at every start.
 */
export const routeTable = table as unknown as RouteTable;
