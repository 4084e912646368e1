import { html, type TemplateResult } from 'lit';
import type { PanelWords, RequestRow } from '../../requests/panelProtocol.ts';
import { outcomeOfRow } from '../../requests/requestRows.ts';

export interface RowFacts {
  readonly row: RequestRow;
  /** Where it begins, in pixels. */
  readonly start: number;
  /** Counted from 1. */
  readonly place: number;
  readonly count: number;
  readonly selected: boolean;
  readonly time: string;
  readonly key: string;
  readonly words: PanelWords;
  readonly open: () => void;
}

/** A request in one line. How it went is told by an icon and by its status, never by colour alone. */
export function rowView({ row, start, place, count, selected, time, key, words, open }: RowFacts): TemplateResult {
  const outcome = outcomeOfRow(row);
  const [icon, word] = [outcomeIcons[outcome], words[outcome] ?? ''];
  return html`<div
    id="row-${row.id}"
    class="row ${selected ? 'selected' : ''}"
    role="option"
    aria-selected=${selected}
    aria-posinset=${place}
    aria-setsize=${count}
    aria-label=${[row.status, row.method, row.path, word, key, time].filter((part) => part !== '').join(', ')}
    .style=${`transform: translateY(${start}px)`}
    @click=${open}
  >
    <i class="codicon codicon-${icon} ${icon}" title=${word}></i>
    <span class="status">${row.status}</span>
    <span class="method">${row.method}</span>
    <span class="path" title=${row.path}>${row.path}</span>
    <span class="key" title=${key}
      >${row.mode === 'live' ? html`<b class="live">${words['live'] ?? ''}</b> ` : ''}${key}</span
    >
    <span class="duration">${row.durationMs < 10 ? row.durationMs.toFixed(1) : Math.round(row.durationMs)} ms</span>
    <span class="time">${time}</span>
  </div>`;
}

/** A row that is not here yet. */
export const emptyRow = (start: number): TemplateResult =>
  html`<div class="row loading" .style=${`transform: translateY(${start}px)`}><span class="path">…</span></div>`;

/** Each way in which a request can go has an icon of its own. */
export const outcomeIcons = {
  allowed: 'pass',
  refused: 'error',
  failed: 'circle-slash',
  letThrough: 'warning',
} as const;
