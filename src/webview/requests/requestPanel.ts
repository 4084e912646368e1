import { VirtualizerController } from '@tanstack/lit-virtual';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import {
  noFilter,
  type KeyName,
  type PanelWords,
  type RequestDetail,
  type RequestRow,
} from '../../requests/panelProtocol.ts';
import type { FromPanel, RowFilter, ToPanel } from '../../requests/panelProtocol.ts';
import { perMinute } from '../../requests/perMinute.ts';
import { RequestRows } from '../../requests/requestRows.ts';
import { detailView } from './detailView.ts';
import { filterBar } from './filterBar.ts';
import { keyStrip } from './keyStrip.ts';
import { rowView } from './rowView.ts';

/** Of every row, in pixels: as high as the editor's own lists have them. */
const rowHeight = 22;
const rowsOfPage = 10;
const minuteMs = 60_000;
/** Further from this machine's time than that, the emulator's clock was set. */
const clockWasSetMs = 30 * minuteMs;

/** The request log: what narrows it, its keys, its rows, and the row that is open. */
export class RequestPanel extends LitElement {
  static override properties = {
    words: { state: true },
    running: { state: true },
    detail: { state: true },
    selected: { state: true },
    keys: { state: true },
    loaded: { state: true },
  };

  declare words: PanelWords;
  declare running: boolean;
  declare detail: RequestDetail | undefined;
  /** Id of the row that is chosen. */
  declare selected: string;
  declare keys: readonly KeyName[];
  declare loaded: boolean;

  post: (message: FromPanel) => void = () => undefined;
  readonly #rows = new RequestRows();
  readonly #scroller: Ref<HTMLElement> = createRef();
  readonly #virtual: VirtualizerController<HTMLElement, HTMLElement>;
  #time = new Intl.DateTimeFormat();
  #enforcement = 'enforce';

  constructor() {
    super();
    this.words = {};
    this.running = false;
    this.detail = undefined;
    this.selected = '';
    this.keys = [];
    this.loaded = false;
    this.#virtual = new VirtualizerController(this, {
      getScrollElement: () => this.#scroller.value ?? null,
      count: 0,
      estimateSize: () => rowHeight,
      overscan: 8,
    });
  }

  /** The page's own styles hold here: it has nothing else. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  take(message: ToPanel): void {
    switch (message.type) {
      case 'words':
        this.words = message.words;
        this.#time = new Intl.DateTimeFormat(message.locale, { timeStyle: 'medium' });
        break;
      case 'clear':
        this.#rows.clear();
        this.detail = undefined;
        this.selected = '';
        break;
      case 'rows':
        this.#add(message.rows, message.older);
        break;
      case 'keys':
        this.keys = message.keys;
        break;
      case 'state':
        this.running = message.running;
        this.#enforcement = message.enforcement;
        break;
      case 'detail':
        if (message.detail.id === this.selected) this.detail = message.detail;
        break;
      case 'gone':
        if (message.id === this.selected) this.detail = undefined;
        break;
      case 'filter':
        this.#narrow(message.filter);
        break;
      case 'select':
        this.#narrow(noFilter);
        this.#select(message.id);
        break;
      default:
        message satisfies never;
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    if (!this.loaded && this.#rows.total === 0 && words['empty'] === undefined) return html``;
    return html`
      ${filterBar({
        words,
        filter: this.#rows.filter,
        rows: this.#rows,
        keys: this.keys,
        narrow: (filter) => this.#narrow(filter),
        save: () => this.post({ type: 'export', ids: this.#rows.shown().map(({ id }) => id) }),
      })}
      ${
        this.#enforcement === 'enforce'
          ? nothing
          : html`<p class="notice" role="status">
              <i class="codicon codicon-warning" aria-hidden="true"></i> ${words[this.#enforcement] ?? ''}
            </p>`
      }
      ${this.#rows.total === 0 ? this.#empty() : this.#log()}
    `;
  }

  #empty(): TemplateResult {
    const { words } = this;
    if (this.running) return html`<p class="empty">${words['empty'] ?? ''}</p>`;
    return html`<div class="empty">
      <p>${words['stopped'] ?? ''}</p>
      <vscode-button @click=${() => this.post({ type: 'start' })}>${words['start'] ?? ''}</vscode-button>
    </div>`;
  }

  #log(): TemplateResult {
    const { words } = this;
    const counts = perMinute(this.#rows.all(), this.#now());
    return html`
      ${keyStrip({
        words,
        counts,
        keys: this.keys,
        chosen: this.#rows.filter.key,
        choose: (key) => this.#narrow({ ...this.#rows.filter, key }),
      })}
      <div class="split ${this.detail ? 'open' : ''}">
        <div
          class="rows"
          role="listbox"
          tabindex="0"
          aria-label=${words['requests'] ?? ''}
          aria-activedescendant=${this.#rows.placeOf(this.selected) < 0 ? nothing : `row-${this.selected}`}
          @keydown=${this.#keyDown}
          ${ref(this.#scroller)}
        >
          ${this.#visibleRows()}
        </div>
        ${this.detail ? this.#opened(this.detail) : nothing}
      </div>
    `;
  }

  #visibleRows(): TemplateResult {
    const virtual = this.#virtual.getVirtualizer();
    virtual.setOptions({ ...virtual.options, count: this.#rows.count });
    if (this.#rows.count === 0) return html`<p class="empty">${this.words['noMatch'] ?? ''}</p>`;
    return html`<div class="sizer" .style=${`height: ${virtual.getTotalSize()}px`}>
      ${virtual.getVirtualItems().map(({ index, start }) => {
        const row = this.#rows.at(index);
        return row
          ? rowView({
              row,
              start,
              place: index + 1,
              count: this.#rows.count,
              selected: row.id === this.selected,
              time: this.#time.format(row.time),
              key: this.#nameOf(row),
              words: this.words,
              open: () => this.#select(row.id),
            })
          : nothing;
      })}
    </div>`;
  }

  #opened(detail: RequestDetail): TemplateResult {
    const { id } = detail;
    return detailView({
      words: this.words,
      detail,
      close: () => {
        this.detail = undefined;
        this.#scroller.value?.focus();
      },
      copy: (form) => this.post({ type: 'copy', id, form }),
      replay: () => this.post({ type: 'replay', id }),
      mend: (mend) => this.post({ type: 'mend', id, mend }),
    });
  }

  #nameOf({ key, refused }: RequestRow): string {
    if (key === '') return refused === '' ? '' : (this.words['noKey'] ?? '');
    return this.keys.find(({ id }) => id === key)?.name ?? key;
  }

  #now(): number {
    const newest = this.#rows.all().at(-1)?.time ?? 0;
    return Math.abs(Date.now() - newest) < clockWasSetMs ? Date.now() : newest;
  }

  #add(rows: readonly RequestRow[], older: boolean): void {
    const scroller = this.#scroller.value;
    const shown = this.#rows.add(rows, older);
    // Whoever has scrolled down reads there: what comes in above must not move it.
    if (!older && scroller && scroller.scrollTop > 0) scroller.scrollTop += shown * rowHeight;
    this.loaded = true;
  }

  #narrow(filter: RowFilter): void {
    this.#rows.narrow(filter);
    this.#scroller.value?.scrollTo({ top: 0 });
    this.requestUpdate();
  }

  #select(id: string): void {
    this.selected = id;
    if (this.detail?.id !== id) this.detail = undefined;
    this.post({ type: 'open', id });
    const place = this.#rows.placeOf(id);
    if (place >= 0) this.#virtual.getVirtualizer().scrollToIndex(place);
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    const { count } = this.#rows;
    const place = this.#rows.placeOf(this.selected);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: Math.max(0, place - 1),
      PageDown: place + rowsOfPage,
      PageUp: place - rowsOfPage,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (event.key === 'Escape') this.detail = undefined;
    const row = to === undefined ? undefined : this.#rows.at(Math.min(count - 1, Math.max(0, to)));
    if (!row) return;
    event.preventDefault();
    this.#select(row.id);
  };
}
