import { VirtualizerController } from '@tanstack/lit-virtual';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import {
  noFilter,
  type KeyName,
  type PanelWords,
  type RequestDetail,
  type RequestRow,
  type RowList,
} from '../../requests/panelProtocol.ts';
import type { FromPanel, RowFilter, ToPanel } from '../../requests/panelProtocol.ts';
import { perMinute } from '../../requests/perMinute.ts';
import { RowWindow } from '../../requests/rowWindow.ts';
import { detailView } from './detailView.ts';
import { emptyView } from './emptyView.ts';
import { filterBar } from './filterBar.ts';
import { keyStrip } from './keyStrip.ts';
import { emptyRow, rowView } from './rowView.ts';

/** Of every row, in pixels: as high as the editor's own lists have them. */
const rowHeight = 22;
const rowsOfPage = 10;

/** The request log: what narrows it, its keys, its rows, and the row that is open. */
export class RequestPanel extends LitElement {
  static override properties = {
    words: { state: true },
    origin: { state: true },
    detail: { state: true },
    selected: { state: true },
    keys: { state: true },
    loaded: { state: true },
  };

  declare words: PanelWords;
  /** Where programs reach the emulator; empty where it does not run. */
  declare origin: string;
  declare detail: RequestDetail | undefined;
  /** Id of the row that is chosen. */
  declare selected: string;
  declare keys: readonly KeyName[];
  /** A list came, so that nothing means that there is none. */
  declare loaded: boolean;

  post: (message: FromPanel) => void = () => undefined;
  readonly #rows = new RowWindow();
  readonly #scroller: Ref<HTMLElement> = createRef();
  readonly #virtual: VirtualizerController<HTMLElement, HTMLElement>;
  #time = new Intl.DateTimeFormat();
  #enforcement = 'enforce';
  #aheadMs = 0;
  /** What the list that is wanted is narrowed to. */
  #filter: RowFilter = noFilter;
  #ask = 0;
  /** A list is on its way; another is wanted after it. */
  #listing: 'no' | 'yes' | 'again' = 'no';
  /** The request that the list on its way is asked for. */
  #find = '';
  /** Chosen by its place, before it is here. */
  #chosenPlace: number | undefined;

  constructor() {
    super();
    this.words = {};
    this.origin = '';
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
        this.loaded = false;
        this.detail = undefined;
        this.selected = '';
        this.#listing = 'no'; // what was asked for is not answered any more
        this.#list();
        break;
      case 'changed':
        this.#list(this.#topId());
        break;
      case 'list':
        this.#begin(message.list);
        break;
      case 'page':
        this.#rows.take(message.page);
        this.#choosePlace();
        break;
      case 'rows':
        this.#add(message.rows);
        break;
      case 'keys':
        this.keys = message.keys;
        break;
      case 'state':
        this.origin = message.origin;
        this.#enforcement = message.enforcement;
        this.#aheadMs = message.aheadMs;
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
        if (message.widen) this.#filter = noFilter;
        this.#list(message.id);
        this.#open(message.id);
        break;
      default:
        message satisfies never;
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    if (words['empty'] === undefined) return html``;
    return html`
      ${filterBar({
        words,
        filter: this.#filter,
        rows: this.#rows,
        keys: this.keys,
        now: this.#now(),
        narrow: (filter) => this.#narrow(filter),
        save: () => this.post({ type: 'export', filter: this.#filter }),
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

  /** What is seen now is there; what is not here yet is asked for. */
  protected override updated(changed: PropertyValues<this>): void {
    if (this.#rows.total === 0) return;
    if (changed.has('detail') && this.detail) requestAnimationFrame(() => this.#keepInSight());
    const items = this.#virtual.getVirtualizer().getVirtualItems();
    const [first, last] = [items[0]?.index, items.at(-1)?.index];
    if (first === undefined || last === undefined) return;
    const { ask, upTo } = this.#rows.list;
    for (const offset of this.#rows.missing(first, last))
      this.post({ type: 'page', ask, filter: this.#rows.filter, upTo, offset });
  }

  #empty(): TemplateResult {
    const { words, origin } = this;
    if (origin !== '' && !this.loaded) return html`<p class="empty">${words['loading'] ?? ''}</p>`;
    return emptyView({ words, origin, post: this.post });
  }

  #log(): TemplateResult {
    const { words } = this;
    const counts = perMinute(this.#rows.fresh, this.#now(), this.#rows.list.minutes);
    return html`
      ${keyStrip({
        words,
        counts,
        keys: this.keys,
        chosen: this.#filter.key,
        choose: (key) => this.#narrow({ ...this.#filter, key }),
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
    const { count } = this.#rows;
    virtual.setOptions({ ...virtual.options, count });
    if (count === 0) return html`<p class="empty">${this.words['noMatch'] ?? ''}</p>`;
    return html`<div class="sizer" .style=${`height: ${virtual.getTotalSize()}px`}>
      ${virtual.getVirtualItems().map(({ index, start }) => {
        const row = this.#rows.at(index);
        if (!row) return index < count ? emptyRow(start) : nothing;
        return rowView({
          row,
          start,
          place: index + 1,
          count,
          selected: row.id === this.selected,
          time: this.#time.format(row.time),
          key: this.#nameOf(row),
          words: this.words,
          open: () => this.#select(row.id),
        });
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

  /** By the emulator's clock. */
  #now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Asks for the list anew; one that is on its way is waited for. */
  #list(find = ''): void {
    this.#find = find;
    if (this.#listing !== 'no') {
      this.#listing = 'again';
      return;
    }
    this.#listing = 'yes';
    this.#ask += 1;
    this.post({ type: 'list', ask: this.#ask, filter: this.#filter, find });
  }

  #begin(list: RowList): void {
    if (list.ask !== this.#ask) return;
    const again = this.#listing === 'again';
    this.#listing = 'no';
    if (again) return this.#list(this.#find);
    this.#rows.begin(list, this.#filter);
    this.loaded = true;
    this.#chosenPlace = undefined;
    if (list.place >= 0) this.#virtual.getVirtualizer().scrollToIndex(list.place);
  }

  #add(rows: readonly RequestRow[]): void {
    const scroller = this.#scroller.value;
    const shown = this.#rows.add(rows);
    if (this.#chosenPlace !== undefined) this.#chosenPlace += shown;
    // Whoever has scrolled down reads there: what comes in above must not move it.
    if (scroller && scroller.scrollTop > 0) scroller.scrollTop += shown * rowHeight;
    if (this.#rows.stale) this.#list(this.#topId());
  }

  /** Id of the row at the upper edge, where somebody has scrolled down to it. */
  #topId(): string {
    const top = this.#scroller.value?.scrollTop ?? 0;
    return top === 0 ? '' : (this.#rows.at(Math.floor(top / rowHeight))?.id ?? '');
  }

  #narrow(filter: RowFilter): void {
    this.#filter = filter;
    this.#scroller.value?.scrollTo({ top: 0 });
    this.#list();
    this.requestUpdate();
  }

  #open(id: string): void {
    this.selected = id;
    this.#chosenPlace = undefined;
    if (this.detail?.id !== id) this.detail = undefined;
    this.post({ type: 'open', id });
  }

  #select(id: string): void {
    this.#open(id);
    const place = this.#rows.placeOf(id);
    if (place >= 0) this.#virtual.getVirtualizer().scrollToIndex(place);
  }

  /** An opened request takes room from the list: its row is still to be seen. */
  #keepInSight(): void {
    const place = this.#rows.placeOf(this.selected);
    if (place >= 0) this.#virtual.getVirtualizer().scrollToIndex(place, { align: 'auto' });
  }

  /** Chooses a row by its place; one that is not here yet is chosen when it comes. */
  #choosePlace(place = this.#chosenPlace): void {
    if (place === undefined) return;
    const row = this.#rows.at(place);
    if (row) return this.#select(row.id);
    this.#chosenPlace = place;
    this.#virtual.getVirtualizer().scrollToIndex(place);
    this.requestUpdate();
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    const { count } = this.#rows;
    const place = this.#chosenPlace ?? this.#rows.placeOf(this.selected);
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
    if (to === undefined || count === 0) return;
    event.preventDefault();
    this.#choosePlace(Math.min(count - 1, Math.max(0, to)));
  };
}
