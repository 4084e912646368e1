import * as vscode from 'vscode';
import { EnforcementLease } from '../../management/enforcementLease.ts';
import type { KeyService } from '../../management/keyService.ts';
import type { LoggedRequest } from '../../requests/loggedRequest.ts';
import { serviceOf, type KeyDesk } from '../commands/desk.ts';
import { orRefuse } from '../commands/failure.ts';
import { pickKey } from '../commands/pickKey.ts';
import { askChoice } from '../prompts/askChoice.ts';
import { back } from '../prompts/steps.ts';
import type { KeyNode } from '../tree/nodes.ts';
import { propose } from './proposeKey.ts';
import type { Recording } from './recording.ts';

const pageLength = 1000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Begins to record; everything is let through meanwhile, unless the person wants it refused. */
export async function startRecording(desk: KeyDesk, recording: Recording): Promise<void> {
  const service = serviceOf(desk);
  if (recording.on) return;
  const strictness = await askChoice<'audit' | 'enforce'>(
    { title: vscode.l10n.t('Start Recording') },
    {
      placeholder: vscode.l10n.t('What happens to requests that a key may not make?'),
      choices: [
        {
          label: vscode.l10n.t('Let them through, and note what they needed'),
          description: vscode.l10n.t('finds everything in one run'),
          value: 'audit',
        },
        { label: vscode.l10n.t('Refuse them, as always'), value: 'enforce' },
      ],
    },
  );
  if (strictness === back) return;
  const { requests } = orRefuse(await service.requests({ brief: true, limit: 1 }));
  const lease = orRefuse(await EnforcementLease.take(service, strictness, sayThatLeaseEnded));
  recording.begin({ service, lease, after: requests[0]?.id });
  vscode.window.setStatusBarMessage(vscode.l10n.t('Recording: run your program or its tests now'), 8000);
}

function sayThatLeaseEnded(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The recording goes on, but requests are refused again: the emulator was set to enforce meanwhile.'),
  );
}

/** Ends the recording and says what the program needs. */
export async function stopRecording(desk: KeyDesk, recording: Recording): Promise<void> {
  const recorded = await recording.end();
  if (!recorded) return;
  const requests = await requestsSince(recorded.service, recorded.after);
  if (requests.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No request came while it was recorded. Is your program pointed at the emulator?'),
    );
    return;
  }
  await propose(desk, requests);
}

/** Says what the requests of a key in some time needed. */
export async function proposeFromLog(desk: KeyDesk, node?: KeyNode): Promise<void> {
  const title = vscode.l10n.t('Propose the Smallest Key');
  const { key } = node ?? (await pickKey(desk.session, title, ({ kind }) => kind !== 'publishable'));
  const service = serviceOf(desk);
  const now = orRefuse(await service.now()).getTime();
  const since = await askChoice(
    { title: `${title}: ${key.name}` },
    {
      placeholder: vscode.l10n.t('From which of its requests?'),
      choices: [
        { label: vscode.l10n.t('All in the log'), value: 0 },
        { label: vscode.l10n.t('Of the last 15 minutes'), value: now - 15 * minuteMs },
        { label: vscode.l10n.t('Of the last hour'), value: now - hourMs },
        { label: vscode.l10n.t('Of the last 24 hours'), value: now - 24 * hourMs },
      ],
    },
  );
  if (since === back) return;
  const all = await requestsSince(service, undefined, key.id);
  const requests = all.filter(({ time }) => time.getTime() >= since);
  if (requests.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No request has used “{0}” in that time.', key.name));
    return;
  }
  await propose(desk, requests);
}

/** Newest first. */
async function requestsSince(service: KeyService, after?: string, key?: string): Promise<LoggedRequest[]> {
  const found: LoggedRequest[] = [];
  for (let before: string | undefined; ; before = found.at(-1)?.id) {
    const { requests, more } = orRefuse(
      await service.requests({
        brief: true,
        limit: pageLength,
        ...(after === undefined ? {} : { after }),
        ...(before === undefined ? {} : { before }),
        ...(key === undefined ? {} : { key }),
      }),
    );
    found.push(...requests);
    if (!more) return found;
  }
}
