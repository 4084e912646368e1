import type { ApiKey } from '../../domain/key.ts';
import type { KeyService } from '../../management/keyService.ts';

/** The keys there are, and those of the log that were deleted since: their requests keep the name. Undefined where they cannot be asked for. */
export async function namedKeys(service: KeyService): Promise<readonly ApiKey[] | undefined> {
  const [current, logged] = await Promise.all([service.keys(), service.requestKeys()]);
  if (!current.ok) return undefined;
  const known = new Set(current.value.map(({ id }) => id));
  return [...current.value, ...(logged.ok ? logged.value.filter(({ id }) => !known.has(id)) : [])];
}
