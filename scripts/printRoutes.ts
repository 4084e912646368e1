import type { RouteTable } from '../src/emulator/routing/routeTable.ts';

/** One route to a line, so that a change of one is a change of one line. */
export function printRoutes({ sdk, apiVersion, routes }: RouteTable): string {
  const lines = routes.map((route) => JSON.stringify(route)).join(',\n');
  return `{\n"sdk": "${sdk}",\n"apiVersion": "${apiVersion}",\n"routes": [\n${lines}\n]\n}\n`;
}
