import { html, nothing, type TemplateResult } from 'lit';
import type { Mend } from '../../requests/explain.ts';
import type { CopyForm, PanelWords, RequestDetail } from '../../requests/panelProtocol.ts';
import { outcomeIcons } from './rowView.ts';

export interface DetailFacts {
  readonly words: PanelWords;
  readonly detail: RequestDetail;
  readonly close: () => void;
  readonly copy: (form: CopyForm) => void;
  readonly replay: () => void;
  readonly mend: (mend: Mend) => void;
}

const checkIcons = { passed: 'pass', failed: 'error', unreached: 'circle-outline' } as const;

/** A request, opened: why it was let in or refused and what mends it, then what was asked and answered. */
export function detailView({ words, detail, close, copy, replay, mend }: DetailFacts): TemplateResult {
  const tool = (icon: string, word: string, run: () => void): TemplateResult =>
    html`<vscode-toolbar-button icon=${icon} label=${words[word] ?? ''} title=${words[word] ?? ''} @click=${run}>
    </vscode-toolbar-button>`;
  return html`<section class="detail" aria-label=${detail.title} tabindex="-1">
    <header>
      <h2>${detail.title}</h2>
      <div class="tools" role="toolbar">
        ${tool('terminal', 'copyCurl', () => copy('curl'))} ${tool('code', 'copyCode', () => copy('code'))}
        ${tool('copy', 'copyId', () => copy('id'))} ${tool('debug-restart', 'replay', replay)}
        ${tool('close', 'close', close)}
      </div>
    </header>
    <p class="why ${detail.outcome}" role="status">
      <i class="codicon codicon-${outcomeIcons[detail.outcome]}" aria-hidden="true"></i>
      <b>${words[detail.outcome] ?? ''}.</b> ${detail.sentence}
    </p>
    ${
      detail.mends.length === 0
        ? nothing
        : html`<div class="mends">
            ${detail.mends.map(
              ({ mend: one, label }, index) =>
                html`<vscode-button ?secondary=${index > 0} @click=${() => mend(one)}>${label}</vscode-button>`,
            )}
          </div>`
    }
    <ol class="checks" aria-label=${words['checks'] ?? ''}>
      ${detail.checks.map(
        ({ label, outcome }) =>
          html`<li class=${outcome}>
            <i class="codicon codicon-${checkIcons[outcome]}" aria-hidden="true"></i>
            ${label} <span class="said">${words[`check.${outcome}`] ?? ''}</span>
          </li>`,
      )}
    </ol>
    <dl>
      ${detail.facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${body(words['parameters'], detail.parameters)} ${body(words['response'], detail.response)}
  </section>`;
}

const body = (title: string | undefined, text: string): TemplateResult | typeof nothing =>
  text === ''
    ? nothing
    : html`<h3>${title ?? ''}</h3>
        <pre tabindex="0">${text}</pre>`;
