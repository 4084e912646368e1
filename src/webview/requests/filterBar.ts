import { html, type TemplateResult } from 'lit';
import { noFilter, type KeyName, type PanelWords, type RowFilter } from '../../requests/panelProtocol.ts';
import type { RequestRows } from '../../requests/requestRows.ts';
import { filled } from './filled.ts';

export interface FilterBarFacts {
  readonly words: PanelWords;
  readonly filter: RowFilter;
  readonly rows: RequestRows;
  readonly keys: readonly KeyName[];
  readonly narrow: (filter: RowFilter) => void;
  readonly save: () => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

type Choice = Exclude<keyof RowFilter, 'text'>;

/** What narrows the list: a text, and a choice for each of what a request has. */
export function filterBar({ words, filter, rows, keys, narrow, save }: FilterBarFacts): TemplateResult {
  const select = (name: Choice, options: readonly Option[]): TemplateResult => {
    const all = { value: '', label: words[`all.${name}`] ?? '' };
    const listed = options.some(({ value }) => value === filter[name]) || filter[name] === '';
    const given = listed ? options : [...options, { value: filter[name], label: filter[name] }];
    return html`<vscode-single-select
      label=${words[`by.${name}`] ?? ''}
      aria-label=${words[`by.${name}`] ?? ''}
      .value=${filter[name]}
      @change=${(event: Event) => narrow({ ...filter, [name]: (event.target as HTMLElement & { value: string }).value })}
    >
      ${[all, ...given].map(
        ({ value, label }) =>
          html`<vscode-option value=${value} ?selected=${value === filter[name]}>${label}</vscode-option>`,
      )}
    </vscode-single-select>`;
  };
  const found = options(rows);
  const narrowed = Object.entries(filter).some(([name, value]) => value !== noFilter[name as keyof RowFilter]);
  return html`<div class="bar" role="search">
    <vscode-textfield
      class="text"
      type="search"
      placeholder=${words['search'] ?? ''}
      label=${words['search'] ?? ''}
      aria-label=${words['search'] ?? ''}
      .value=${filter.text}
      @input=${(event: Event) => narrow({ ...filter, text: (event.target as HTMLElement & { value: string }).value })}
    ></vscode-textfield>
    ${select('status', [
      { value: 'refused', label: words['refused'] ?? '' },
      { value: 'allowed', label: words['allowed'] ?? '' },
      ...found.status.map(same),
    ])}
    ${select('method', found.method.map(same))}
    ${select(
      'key',
      keys.filter(({ id }) => found.key.includes(id)).map(({ id, name }) => ({ value: id, label: name })),
    )}
    ${select('mode', [
      { value: 'sandbox', label: words['sandbox'] ?? '' },
      { value: 'live', label: words['live'] ?? '' },
    ])}
    ${found.account.length > 1 ? select('account', found.account.map(same)) : ''}
    <span class="count" role="status">
      ${narrowed ? filled(words['some'], rows.count, rows.total) : filled(words['count'], rows.total)}
    </span>
    <vscode-toolbar-button
      icon="clear-all"
      label=${words['clearFilter'] ?? ''}
      title=${words['clearFilter'] ?? ''}
      ?hidden=${!narrowed}
      @click=${() => narrow(noFilter)}
    ></vscode-toolbar-button>
    <vscode-toolbar-button
      icon="export"
      label=${words['export'] ?? ''}
      title=${words['export'] ?? ''}
      @click=${save}
    ></vscode-toolbar-button>
  </div>`;
}

const same = (value: string): Option => ({ value, label: value });

/** What the newest rows have to choose from; of the others nobody asks. */
function options(rows: RequestRows): Readonly<Record<'status' | 'method' | 'key' | 'account', string[]>> {
  const newest = rows.all().slice(-5000);
  const of = (read: (row: (typeof newest)[number]) => string): string[] =>
    [...new Set(newest.map(read))].filter((value) => value !== '').toSorted();
  return {
    status: of(({ status }) => String(status)),
    method: of(({ method }) => method),
    key: of(({ key }) => key),
    account: of(({ account }) => account),
  };
}
