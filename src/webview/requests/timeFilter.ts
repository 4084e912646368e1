import { html, nothing, type TemplateResult } from 'lit';
import type { PanelWords, RowFilter } from '../../requests/panelProtocol.ts';

export interface TimeFilterFacts {
  readonly words: PanelWords;
  readonly filter: RowFilter;
  /** The emulator's time. */
  readonly now: number;
  readonly narrow: (filter: RowFilter) => void;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** The choices, with the words for them. */
const choices = [
  ['', 'all.time'],
  ['15', 'last15'],
  ['60', 'last60'],
  [`${dayMinutes}`, 'last1440'],
  ['between', 'between'],
] as const;

/** A choice of the last minutes, or of a time from and to. */
export function timeFilter({ words, filter, now, narrow }: TimeFilterFacts): TemplateResult {
  const choose = (time: string): void => {
    if (time === '') narrow({ ...filter, time, since: '', until: '' });
    else if (time === 'between')
      narrow({ ...filter, time, since: isoOf(now - dayMinutes * minuteMs), until: isoOf(now + minuteMs) });
    else narrow({ ...filter, time, since: isoOf(now - Number(time) * minuteMs), until: '' });
  };
  const moment = (name: 'since' | 'until'): TemplateResult =>
    html`<input
      class="moment"
      type="datetime-local"
      step="1"
      aria-label=${words[name] ?? ''}
      title=${words[name] ?? ''}
      .value=${localOf(filter[name])}
      @change=${(event: Event) => narrow({ ...filter, [name]: isoOf(Date.parse((event.target as HTMLInputElement).value)) })}
    />`;
  return html`<vscode-single-select
      label=${words['by.time'] ?? ''}
      aria-label=${words['by.time'] ?? ''}
      .value=${filter.time}
      @change=${(event: Event) => choose((event.target as HTMLElement & { value: string }).value)}
    >
      ${choices.map(
        ([value, word]) =>
          html`<vscode-option value=${value} ?selected=${value === filter.time}>${words[word] ?? ''}</vscode-option>`,
      )}
    </vscode-single-select>
    ${filter.time === 'between' ? html`${moment('since')}${moment('until')}` : nothing}`;
}

const isoOf = (time: number): string =>
  Number.isNaN(time) ? '' : new Date(Math.floor(time / 1000) * 1000).toISOString();

/** As a field for local times has it. */
function localOf(iso: string): string {
  if (iso === '') return '';
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * minuteMs).toISOString().slice(0, 19);
}
