import { html, nothing, type TemplateResult } from 'lit';
import type { KeyName, PanelWords } from '../../requests/panelProtocol.ts';
import type { MinuteCounts } from '../../requests/perMinute.ts';
import { filled } from './filled.ts';
import { sparkline } from './sparkline.ts';

export interface KeyStripFacts {
  readonly words: PanelWords;
  readonly counts: ReadonlyMap<string, MinuteCounts>;
  readonly keys: readonly KeyName[];
  /** Id of the key that the list is narrowed to. */
  readonly chosen: string;
  readonly choose: (key: string) => void;
}

/** The keys that were used in the last half hour, each with its requests and errors per minute; one narrows the list to it. */
export function keyStrip({ words, counts, keys, chosen, choose }: KeyStripFacts): TemplateResult | typeof nothing {
  const used = [...counts].filter(([key]) => key !== '').toSorted(([, one], [, other]) => other.total - one.total);
  if (used.length === 0) return nothing;
  return html`<div class="strip" role="group" aria-label=${words['perMinute'] ?? ''}>
    ${used.map(([key, count]) => {
      const name = keys.find(({ id }) => id === key)?.name ?? key;
      const said = filled(words['counts'], count.total, count.failed);
      return html`<button
        class="used ${key === chosen ? 'chosen' : ''}"
        aria-pressed=${key === chosen}
        aria-label="${name}: ${said}"
        title="${name}: ${said}"
        @click=${() => choose(key === chosen ? '' : key)}
      >
        <span class="name">${name}</span> ${sparkline(count)}
        <span class="total"
          >${count.total}${count.failed > 0 ? html` <span class="failed">✕ ${count.failed}</span>` : nothing}</span
        >
      </button>`;
    })}
  </div>`;
}
