import type { RouteTable } from '../src/emulator/routing/routeTable.ts';

/** Every method of the SDK with what it sends and the permission that needs, one to a line, by name. */
export function printSdkCalls({ routes }: RouteTable): string {
  const lines = routes
    .flatMap(({ sdk, method, path, permission }) => sdk.map((name) => [name, { method, path, permission }] as const))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, call]) => `${JSON.stringify(name)}: ${JSON.stringify(call)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}
