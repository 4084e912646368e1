import type { ApiKey } from '../../domain/key.ts';

/** A key as the dashboard plane prints it; times in ISO 8601. */
export function keyJson(key: ApiKey): Record<string, unknown> {
  return {
    id: key.id,
    ...key.owner,
    mode: key.mode,
    kind: key.kind,
    name: key.name,
    note: key.note,
    mask: key.mask,
    created: key.created.toISOString(),
    last_used: key.lastUsed?.toISOString() ?? null,
    expires_at: key.expires?.toISOString() ?? null,
    status: key.status,
    permissions: key.permissions,
    connect_permissions: key.connectPermissions,
    addresses: key.addresses,
    revealable: key.revealable,
  };
}
