import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one request whose address is not in the source: an event's related object is fetched by the URL it names. */
const addressFromEvent = /_makeRequest\('GET', pulledEvent\.related_object\.url/g;

/**
 * Every `METHOD /path` written in the SDK's resource sources, with `:` for each parameter. It reads the text and runs
 * nothing, so that the walk, which runs everything and reads nothing, can be held against it.
 */
export function readSdkPaths(sdk: string): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const file of globSync('resources/**/*.js', { cwd: sdk })) {
    const source = readFileSync(join(sdk, file), 'utf8').replaceAll(addressFromEvent, '');
    const requests = [...source.matchAll(/_makeRequest\(\s*'([A-Z]+)',\s*['`](\/[^'`]+)['`]/g)];
    if (requests.length !== source.split('_makeRequest(').length - 1)
      throw new Error(`${file}: a request was not read`);
    for (const [, method, path = ''] of requests) paths.add(`${method} ${path.replaceAll(/\$\{[^}]+\}/g, ':')}`);
  }
  return paths;
}
