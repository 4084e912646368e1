import * as vscode from 'vscode';
import { longestOverlapDays, type Expiry } from '../../domain/lifecycle.ts';
import { askChoice, type Choice } from './askChoice.ts';
import { askText, type Objection } from './askText.ts';
import { parseLocalTime, printLocalTime } from './localTime.ts';
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
  const { t } = vscode.l10n;
  const begun = Date.now();
  const tomorrow = printLocalTime(new Date(now.getTime() + dayMinutes * 60_000));
  /** The time that a text names, or what is wrong with it. Meanwhile the service's clock goes on. */
  const read = (text: string): Date | string => {
    const at = parseLocalTime(text);
    if (at === 'malformed') return t('Write a date and time such as {0}', tomorrow);
    if (at === 'impossible') return t('There is no such date and time: {0}', text.trim());
    const ahead = at.getTime() - (now.getTime() + Date.now() - begun);
    if (ahead <= 0) return t('This time has passed.');
    return ahead > longestOverlapDays * dayMinutes * 60_000 ? t('At most {0} days ahead.', longestOverlapDays) : at;
  };
  const objection = (text: string): Objection => {
    const at = read(text);
    return typeof at === 'string' ? at : undefined;
  };
  const text = await askText(place, {
    prompt: t('Date and time at which the old key ends, in the time of this machine'),
    value: tomorrow,
    validate: objection,
  });
  const at = text === back ? back : read(text);
  return typeof at === 'string' ? back : at;
}
