import * as vscode from 'vscode';
import type { PanelWords } from '../../requests/panelProtocol.ts';
import { modeWord } from '../words.ts';

/** Every text of the panel that stands there by itself. */
export function panelWords(): PanelWords {
  const { t } = vscode.l10n;
  return {
    requests: t('Stripe requests, newest first'),
    search: t('Search paths, methods and ids'),
    'by.status': t('Status'),
    'by.method': t('Method'),
    'by.key': t('Key'),
    'by.mode': t('Mode'),
    'by.account': t('Account'),
    'all.status': t('Any status'),
    'all.method': t('Any method'),
    'all.key': t('Any key'),
    'all.mode': t('Any mode'),
    'all.account': t('Any account'),
    sandbox: modeWord('sandbox'),
    live: modeWord('live'),
    allowed: t('Allowed'),
    refused: t('Refused'),
    letThrough: t('Let through'),
    noKey: t('no known key'),
    count: t('{0} requests', '{0}'),
    some: t('{0} of {1} requests', '{0}', '{1}'),
    counts: t('{0} requests, {1} errors in the last 30 minutes', '{0}', '{1}'),
    perMinute: t('Requests per minute, by key'),
    noMatch: t('No request matches. Clear the filter to see all.'),
    clearFilter: t('Clear Filter'),
    export: t('Export These Requests…'),
    empty: t('No requests yet. Send one to the emulator, and it shows here.'),
    stopped: t('The emulator is not running.'),
    start: t('Start Emulator'),
    audit: t('Nothing is enforced (audit): every request is let through, and what would have been refused is marked.'),
    off: t('Nothing is enforced and nothing is checked (off).'),
    copyCurl: t('Copy as curl'),
    copyCode: t('Copy as Node Code'),
    copyId: t('Copy Request Id'),
    replay: t('Send Again'),
    close: t('Close'),
    checks: t('Checks, in order'),
    'check.passed': t('passed'),
    'check.failed': t('failed'),
    'check.unreached': t('not reached'),
    parameters: t('Parameters'),
    response: t('Response'),
  };
}
