import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import './requests.css';
import type { FromPanel, ToPanel } from '../../requests/panelProtocol.ts';
import { RequestPanel } from './requestPanel.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const editor = acquireVsCodeApi();
customElements.define('keysmith-requests', RequestPanel);
const panel = document.createElement('keysmith-requests') as RequestPanel;
panel.post = (message) => editor.postMessage(message);
window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => panel.take(data));
document.body.append(panel);
editor.postMessage({ type: 'ready' });
