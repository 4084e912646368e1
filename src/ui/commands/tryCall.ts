import * as vscode from 'vscode';
import { ownerId, type ApiKey } from '../../domain/key.ts';
import type { Secret } from '../../domain/secret.ts';
import type { KeyService } from '../../management/keyService.ts';
import { explain } from '../../requests/explain.ts';
import { causeOf } from '../../shared/errors.ts';
import { setContext } from '../context.ts';
import { sentenceOf } from '../requests/explainWords.ts';
import { serviceOf, type KeyDesk } from './desk.ts';
import { orRefuse, Refusal } from './failure.ts';
import { pickKey } from './pickKey.ts';

const path = '/v1/customers?limit=1';
/** The official SDK, as the shown program names it. */
const sdk = "'stripe'";

export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'keysmith.keysmith#start', false);
}

/** Sends one request to the emulator with a sandbox key and says how it was answered, and where it was refused, why. The key goes nowhere else. */
export async function tryCall(desk: KeyDesk): Promise<void> {
  const { state } = desk.session;
  if (state.kind !== 'running') throw new Refusal({ kind: 'emulatorStopped' });
  const key = await sandboxKey(desk);
  const { secret } = orRefuse(await state.service.reveal(key.id));
  const answer = await send(state.origin, secret);
  if (answer.status < 400) {
    setContext('called', true);
    desk.notifier.information(
      vscode.l10n.t('Accepted: GET /v1/customers was answered with {0} for “{1}”.', answer.status, key.name),
      { label: vscode.l10n.t('Show Code'), run: () => showCode(state.origin) },
    );
    return;
  }
  const { id } = answer;
  desk.notifier.warning(await refusedMessage(state.service, answer), {
    label: vscode.l10n.t('Explain and Mend'),
    run: () => vscode.commands.executeCommand('keysmith.requests.explain', id ?? ''),
  });
}

/** Why a request was not answered as it was meant to: in our words where it is in the log, and otherwise in Stripe's. */
async function refusedMessage(service: KeyService, { id, status, why }: Answer): Promise<string> {
  const [logged, keys] = id === undefined ? [] : await Promise.all([service.request(id), service.keys()]);
  if (!logged?.ok) return vscode.l10n.t('Answered with {0}: {1}', status, why);
  const key = keys?.ok ? keys.value.find((one) => one.id === logged.value.key) : undefined;
  const sentence = sentenceOf(logged.value, key, explain(logged.value, key));
  return logged.value.refused
    ? vscode.l10n.t('Refused with {0}: {1}', status, sentence)
    : vscode.l10n.t('Answered with {0}: {1}', status, why || sentence);
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

interface Answer {
  readonly status: number;
  /** `req_…`, by which the log has it. */
  readonly id: string | undefined;
  /** What Stripe would say of a refusal. */
  readonly why: string;
}

async function send(origin: string, secret: Secret): Promise<Answer> {
  try {
    const response = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${secret.reveal()}` } });
    const id = response.headers.get('request-id') ?? undefined;
    return { status: response.status, id, why: whyIn(await response.text()) };
  } catch (error) {
    throw new Refusal({ kind: 'emulatorUnreachable', why: causeOf(error) });
  }
}
/** The message of Stripe's error body; nothing where somebody else answered. */
function whyIn(body: string): string {
  try {
    const { error } = JSON.parse(body) as { readonly error?: { readonly message?: unknown } };
    return typeof error?.message === 'string' ? error.message : '';
  } catch {
    return '';
  }
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
