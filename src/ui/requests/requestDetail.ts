import * as vscode from 'vscode';
import type { ApiKey } from '../../domain/key.ts';
import { explain } from '../../requests/explain.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import type { RequestDetail } from '../../requests/panelProtocol.ts';
import { modeWord } from '../words.ts';
import { checkWord, mendWord, sentenceOf } from './explainWords.ts';

/** A request as a person reads it when its row is opened. `key` is its key as it is today. */
export function detailOf(request: LoggedRequest, key: ApiKey | undefined): RequestDetail {
  const explanation = explain(request, key);
  return {
    id: request.id,
    title: `${request.status} ${request.method} ${request.path}`,
    outcome: explanation.outcome,
    sentence: sentenceOf(request, key, explanation),
    checks: explanation.checks.map(({ name, outcome }) => ({ name, outcome, label: checkWord(name) })),
    mends: explanation.mends.map((mend) => ({ mend, label: mendWord(mend) })),
    facts: facts(request, key),
    parameters: [decoded(request.query), readable(request.requestBody)].filter((part) => part !== '').join('\n'),
    response: readable(request.responseBody),
  };
}

function facts(request: LoggedRequest, key: ApiKey | undefined): [string, string][] {
  const { t } = vscode.l10n;
  const all: [string, string | undefined][] = [
    [t('Key'), key ? `${key.name} (${key.mask})` : request.key],
    [t('Mode'), request.mode && modeWord(request.mode)],
    [t('Account'), request.account],
    [t('Context'), request.context],
    [t('Address'), request.address],
    [t('Permission'), request.permission],
    [t('Code'), request.errorCode],
    [t("Stripe's words"), request.refused?.message],
    [t('Time'), request.time.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' })],
    [t('Duration'), t('{0} ms', request.durationMs)],
    [t('Version'), request.version],
    [t('Client'), request.sdk ?? request.userAgent],
    [t('Idempotency key'), request.idempotencyKey],
    [t('Request id'), request.id],
  ];
  return all.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as [string, string]],
  );
}

/** JSON in lines; a form as its fields. */
function readable(body: string): string {
  if (!/^\s*[{[]/.test(body)) return decoded(body);
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body; // it was cut
  }
}

const decoded = (form: string): string =>
  [...new URLSearchParams(form)].map(([name, value]) => `${name}: ${value}`).join('\n');
