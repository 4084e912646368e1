import * as vscode from 'vscode';
import { longestOverlapDays, type Expiry } from '../../domain/lifecycle.ts';
import { askChoice, type Choice } from './askChoice.ts';
import { askText, type Objection } from './askText.ts';
import { back, type Back, type Place } from './steps.ts';

const hourMinutes = 60;
const dayMinutes = 24 * hourMinutes;

const after = (minutes: number, label: string): Choice<Expiry | 'date'> => ({
  label,
  iconPath: new vscode.ThemeIcon('clock'),
  value: { minutes },
});

/** Asks when a rotated key ends: now, after a usual time, or at a date. Cancelled, it throws `CancellationError`. */
export async function askExpiry(place: Place, now: Date): Promise<Expiry | Back> {
  const { t } = vscode.l10n;
  for (;;) {
    const chosen = await askChoice<Expiry | 'date'>(place, {
      placeholder: t('When does the old key end? Until then both keys work'),
      choices: [
        {
          label: t('Now'),
          iconPath: new vscode.ThemeIcon('zap'),
          description: t('the old key is deleted'),
          value: 'now',
        },
        after(hourMinutes, t('In 1 hour')),
        after(dayMinutes, t('In 24 hours')),
        after(3 * dayMinutes, t('In 3 days')),
        after(7 * dayMinutes, t('In 7 days')),
        {
          label: t('At a date…'),
          iconPath: new vscode.ThemeIcon('calendar'),
          description: t('at most {0} days ahead', longestOverlapDays),
          value: 'date',
        },
      ],
    });
    if (chosen !== 'date') return chosen;
    const date = await askDate({ ...place, canGoBack: true }, now);
    if (date !== back) return { at: date };
  }
}

async function askDate(place: Place, now: Date): Promise<Date | Back> {
  const latest = now.getTime() + longestOverlapDays * dayMinutes * 60_000;
  const check = (text: string): Objection => {
    const at = parseLocalTime(text);
    if (!at)
      return vscode.l10n.t(
        'Write a date and time such as {0}',
        printLocalTime(new Date(now.getTime() + dayMinutes * 60_000)),
      );
    if (at <= now) return vscode.l10n.t('This time has passed.');
    return at.getTime() > latest ? vscode.l10n.t('At most {0} days ahead.', longestOverlapDays) : undefined;
  };
  const text = await askText(place, {
    prompt: vscode.l10n.t('Date and time at which the old key ends, in the time of this machine'),
    value: printLocalTime(new Date(now.getTime() + dayMinutes * 60_000)),
    validate: check,
  });
  return text === back ? back : (parseLocalTime(text) ?? back);
}

/** `2026-05-01 12:30`, in local time. */
function parseLocalTime(text: string): Date | undefined {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim()) ?? [];
  const parsed = new Date(`${date}T${time}`);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}

const two = (value: number): string => String(value).padStart(2, '0');

function printLocalTime(time: Date): string {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
