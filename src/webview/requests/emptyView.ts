import { html, type TemplateResult } from 'lit';
import type { FromPanel, PanelWords } from '../../requests/panelProtocol.ts';

export interface EmptyFacts {
  readonly words: PanelWords;
  /** Empty where the emulator does not run. */
  readonly origin: string;
  readonly post: (message: FromPanel) => void;
}

/** An empty log: how the first request comes into it. */
export function emptyView({ words, origin, post }: EmptyFacts): TemplateResult {
  if (origin === '')
    return html`<div class="empty">
      <p>${words['stopped'] ?? ''}</p>
      <vscode-button @click=${() => post({ type: 'start' })}>${words['start'] ?? ''}</vscode-button>
    </div>`;
  const copyAddress = words['copyAddress'] ?? '';
  return html`<div class="empty">
    <p>${words['empty'] ?? ''}</p>
    <p class="address">
      <code>${origin}</code>
      <vscode-toolbar-button
        icon="copy"
        label=${copyAddress}
        title=${copyAddress}
        @click=${() => post({ type: 'copyAddress' })}
      ></vscode-toolbar-button>
    </p>
    <p>${words['shellHint'] ?? ''}</p>
    <vscode-button @click=${() => post({ type: 'shell' })}>${words['shell'] ?? ''}</vscode-button>
  </div>`;
}
