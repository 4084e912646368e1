import { html, nothing, type TemplateResult } from 'lit';
import { noFilter, type KeyName, type PanelWords, type RowFilter } from '../../requests/panelProtocol.ts';
import type { RowWindow } from '../../requests/rowWindow.ts';
import { filled } from './filled.ts';
import { timeFilter } from './timeFilter.ts';

export interface FilterBarFacts {
  readonly words: PanelWords;
  readonly filter: RowFilter;
  readonly rows: RowWindow;
  readonly keys: readonly KeyName[];
  /** The emulator's time. */
  readonly now: number;
  readonly narrow: (filter: RowFilter) => void;
  readonly save: () => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

type Choice = 'status' | 'method' | 'key' | 'mode' | 'account';

/** What narrows the list: a text, and a choice for each of what a request has. */
export function filterBar({ words, filter, rows, keys, now, narrow, save }: FilterBarFacts): TemplateResult {
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
  const { statuses, methods, accounts, keys: used } = rows.list;
  const fresh = (read: (row: (typeof rows.fresh)[number]) => string, known: readonly string[]): string[] =>
    [...new Set([...known, ...rows.fresh.map(read)])].filter((value) => value !== '').toSorted();
  const inLog = fresh(({ key }) => key, used);
  const accountsInLog = fresh(({ account }) => account, accounts);
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
      ...(['refused', 'failed', 'letThrough', 'allowed'] as const).map((value) => ({
        value,
        label: words[value] ?? '',
      })),
      ...fresh(({ status }) => String(status), statuses).map(same),
    ])}
    ${select('method', fresh(({ method }) => method, methods).map(same))}
    ${select('key', namedOptions(keys.filter(({ id }) => inLog.includes(id))))}
    ${select('mode', [
      { value: 'sandbox', label: words['sandbox'] ?? '' },
      { value: 'live', label: words['live'] ?? '' },
    ])}
    ${accountsInLog.length > 1 || filter.account !== '' ? select('account', accountsInLog.map(same)) : nothing}
    ${timeFilter({ words, filter, now, narrow })}
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

/** Keys of one name, as a rotation makes them, are told apart by the ends of their masks. */
const namedOptions = (keys: readonly KeyName[]): Option[] =>
  keys.map(({ id, name, mask }) => ({
    value: id,
    label: keys.some((other) => other.name === name && other.id !== id) ? `${name} (${mask.slice(-5)})` : name,
  }));
