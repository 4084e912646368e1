import * as vscode from 'vscode';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import type { Secret } from '../../domain/secret.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickKey } from './pickKey.ts';

const path = '/v1/customers?limit=1';
/** The official SDK, as the shown program names it. */
const sdk = "'stripe'";

export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'keysmith.keysmith#start', false);
}

/** Sends one request to the emulator with a sandbox key and says how it was answered. The key goes nowhere else. */
export async function tryCall(desk: KeyDesk): Promise<void> {
  const { state } = desk.session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const key = await sandboxKey(desk);
  const { secret } = orRefuse(await state.service.reveal(key.id));
  const answer = await send(state.origin, secret);
  const message = answer.ok
    ? vscode.l10n.t('Accepted: GET /v1/customers was answered with 200 for “{0}”.', key.name)
    : vscode.l10n.t('Refused with {0}: {1}', answer.status, answer.why);
  desk.notifier.information(message, {
    label: vscode.l10n.t('Show Code'),
    run: () => showCode(state.origin),
  });
}

/** The secret key of the account that is worked in; asked for where there are several or none. */
async function sandboxKey(desk: KeyDesk): Promise<ApiKey> {
  const { account } = desk.selection.value;
  const keys = orRefuse(await serviceOf(desk).keys());
  const own = keys.find((key) => opensSandbox(key) && (account === undefined || ownerId(key.owner) === account));
  return own ?? (await pickKey(desk.session, vscode.l10n.t('Send a Test Request'), opensSandbox)).key;
}

const opensSandbox = ({ mode, kind, status }: ApiKey): boolean =>
  mode === 'sandbox' && kind === 'secret' && status === 'active';

type Answer = { readonly ok: true } | { readonly ok: false; readonly status: number; readonly why: string };

async function send(origin: string, secret: Secret): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${secret.reveal()}` } });
  if (response.ok) return { ok: true };
  const { error } = (await response.json()) as { readonly error?: { readonly message?: string } };
  return { ok: false, status: response.status, why: error?.message ?? '' };
}

/** The same from a program, which reads its key from the environment. */
async function showCode(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const content = `// npm install stripe
// Copy the key from Keysmith's tree, then: STRIPE_SECRET_KEY=… node this-file.mjs
import Stripe from ${sdk};

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, {
  host: '${hostname}',
  port: ${port},
  protocol: 'http',
});
console.log(await stripe.customers.list({ limit: 1 }));
`;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'javascript', content }));
}
