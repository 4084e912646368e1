import * as vscode from 'vscode';
import type { Secret } from '../../domain/secret.ts';
import { headersOf, pathWithQuery } from '../../requests/asCode.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse, Refusal } from '../commands/failure.ts';

/**
 * Sends a request of the log to the emulator once more, with its key; as a new one, so without its idempotency key. Gives the id of the
 * new one.
 */
export async function sendAgain(desk: KeyDesk, request: LoggedRequest): Promise<string | undefined> {
  const { state } = desk.session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const secret = request.key === undefined ? undefined : await secretOf(desk, request.key);
  const headers = new Headers(headersOf({ ...request, idempotencyKey: undefined }));
  if (secret) headers.set('authorization', `Bearer ${secret.reveal()}`);
  if (request.requestBody !== '' && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded');
  const hasBody = request.method !== 'GET' && request.requestBody !== '';
  const response = await fetch(state.origin + pathWithQuery(request), {
    method: request.method,
    headers,
    ...(hasBody ? { body: request.requestBody } : {}),
  });
  await response.arrayBuffer(); // its connection is free again, and the request is in the log
  vscode.window.setStatusBarMessage(vscode.l10n.t('Sent again: answered with {0}', response.status), 5000);
  return response.headers.get('request-id') ?? undefined;
}

/** From the vault, or of a sandbox key from the emulator; a live key is not revealed for this. */
async function secretOf(desk: KeyDesk, id: string): Promise<Secret> {
  const kept = await desk.vault.read(id);
  if (kept.ok) return kept.value.secret;
  const key = orRefuse(await serviceOf(desk).keys()).find((one) => one.id === id);
  if (!key) throw new Refusal({ kind: 'keyNotFound', id });
  if (key.mode === 'live' && key.kind !== 'publishable') throw new Refusal({ kind: 'vaultEntryMissing', id });
  return orRefuse(await serviceOf(desk).reveal(id)).secret;
}
