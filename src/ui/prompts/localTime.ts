/** `2026-05-01 12:30`, in local time. `impossible` has the form of a time, and no clock ever shows it: 30 February, 25:00. */
export function parseLocalTime(text: string): Date | 'malformed' | 'impossible' {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim()) ?? [];
  if (date === undefined || time === undefined) return 'malformed';
  const parsed = new Date(`${date}T${time}`);
  // 30 February is read as 2 March, and an hour that is left out in spring as the next.
  return !Number.isNaN(parsed.getTime()) && printLocalTime(parsed) === `${date} ${time}` ? parsed : 'impossible';
}

const two = (value: number): string => String(value).padStart(2, '0');

export function printLocalTime(time: Date): string {
  const year = String(time.getFullYear()).padStart(4, '0');
  return `${year}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
