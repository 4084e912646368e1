import { setImmediate as turn } from 'node:timers/promises';

/** As much of the editor's API as commands, prompts and trees use, with a user whose every step a test writes. */

export class CancellationError extends Error {}

export class Disposable {
  readonly #dispose: () => unknown;
  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  dispose(): void {
    this.#dispose();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  readonly id: string;
  readonly color: unknown;
  constructor(id: string, color?: unknown) {
    this.id = id;
    this.color = color;
  }
}
export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}
export class MarkdownString {
  value: string;
  readonly supportThemeIcons: boolean;
  constructor(value = '', supportThemeIcons = false) {
    this.value = value;
    this.supportThemeIcons = supportThemeIcons;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  /** As the editor does it: the spaces of a text become some that no line is broken at. */
  appendText(text: string): this {
    this.value += text
      .replaceAll(/[\\`*_{}[\]()#+\-!~]/g, String.raw`\$&`)
      .replaceAll(/([ \t]+)/g, (_, spaces: string) => '&nbsp;'.repeat(spaces.length))
      .replaceAll(/>/gm, String.raw`\>`)
      .replaceAll('\n', '\n\n');
    return this;
  }
}
export class TreeItem {
  readonly label: string;
  collapsibleState: number;
  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 } as const;
export const QuickInputButtonLocation = { Title: 1, Inline: 2, Input: 3 } as const;
export const QuickInputButtons = { Back: { iconPath: 'back' } } as const;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } as const;
export const ProgressLocation = { Notification: 15 } as const;

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

export const Uri = {
  file: (fsPath: string) => ({ scheme: 'file', fsPath, path: fsPath, toString: () => `file://${fsPath}` }),
  joinPath: ({ path }: { readonly path: string }, ...names: readonly string[]) => Uri.file([path, ...names].join('/')),
  from: ({ scheme, path, query }: Readonly<Record<string, string>>) => ({ scheme, path, query }),
  parse: (text: string) => {
    const path = /^\w+:\/\/(\/.*)$/.exec(text)?.[1] ?? '';
    return { scheme: text.split(':')[0], path, fsPath: path, toString: () => text, text };
  },
};

export class Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  constructor(line: number, character: number, endLine: number, endCharacter: number) {
    this.start = { line, character };
    this.end = { line: endLine, character: endCharacter };
  }
}
export class WorkspaceEdit {
  readonly changes: { readonly uri: string; readonly text: string }[] = [];
  replace(uri: { toString(): string }, _range: Range, text: string): void {
    this.changes.push({ uri: uri.toString(), text });
  }
}

export const l10n = {
  t: (text: string, ...values: readonly unknown[]) =>
    text.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

interface Item {
  readonly label: string;
  readonly kind?: number;
  readonly description?: string;
  readonly detail?: string;
}
interface Button {
  readonly tooltip?: string;
}

/** A prompt that the editor shows, and what its user does with it. */
export class Prompt {
  title = '';
  value = '';
  placeholder = '';
  prompt = '';
  items: readonly Item[] = [];
  activeItems: readonly Item[] = [];
  selectedItems: readonly Item[] = [];
  buttons: readonly Button[] = [];
  enabled = true;
  busy = false;
  validationMessage: string | { readonly message: string } | undefined;
  visible = false;
  readonly #accepted = new EventEmitter<void>();
  readonly #changed = new EventEmitter<string>();
  readonly #hidden = new EventEmitter<void>();
  readonly #button = new EventEmitter<Button>();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidTriggerItemButton = new EventEmitter<never>().event;

  show(): void {
    // A heading is shown as it is written: an icon in it is letters and brackets.
    for (const heading of this.headings) if (/\$\(/.test(heading)) throw new Error(`a heading says “${heading}”`);
    this.visible = true;
    shown.push(this);
  }
  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.#hidden.fire();
  }
  dispose(): void {
    this.visible = false;
  }

  /** The objection that is shown. */
  get says(): string {
    return typeof this.validationMessage === 'object' ? this.validationMessage.message : (this.validationMessage ?? '');
  }
  get labels(): string[] {
    return this.items.filter(({ kind }) => kind !== QuickPickItemKind.Separator).map(({ label }) => label);
  }
  get headings(): string[] {
    return this.items.filter(({ kind }) => kind === QuickPickItemKind.Separator).map(({ label }) => label);
  }
  type(text: string): this {
    if (text !== this.value) {
      this.value = text;
      this.#changed.fire(text);
    }
    return this;
  }
  enter(): void {
    this.#accepted.fire();
  }
  answer(text: string): void {
    this.type(text).enter();
  }
  pick(label: string): void {
    const item = this.items.find((one) => one.label === label);
    if (!item) throw new Error(`“${label}” is not offered: ${this.labels.join(', ')}`);
    this.selectedItems = [item];
    this.activeItems = [item];
    this.#accepted.fire();
  }
  press(tooltip: string): void {
    const button = this.buttons.find((one) => one.tooltip === tooltip);
    if (!button) throw new Error(`no button “${tooltip}”`);
    this.#button.fire(button);
  }
  get canGoBack(): boolean {
    return this.buttons.includes(QuickInputButtons.Back as Button);
  }
  back(): void {
    if (!this.canGoBack) throw new Error(`“${this.title}” has no way back`);
    this.#button.fire(QuickInputButtons.Back as Button);
  }
  escape(): void {
    this.hide();
  }
}

export interface Message {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly modal: boolean;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** Presses a button, or closes the message. */
  readonly press: (button?: string) => void;
}

const shown: Prompt[] = [];
const messages: Message[] = [];
const contexts: [name: string, value: unknown][] = [];
const executed: (readonly unknown[])[] = [];
let clipboard = '';

function showMessage(severity: Message['severity']) {
  return (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const options =
      typeof rest[0] === 'object' ? (rest[0] as { readonly modal?: boolean; readonly detail?: string }) : {};
    const buttons = rest.filter((one): one is string => typeof one === 'string');
    return new Promise((resolve) => {
      const press = (button?: string): void => {
        if (button !== undefined && !buttons.includes(button)) throw new Error(`“${text}” has no button “${button}”`);
        messages.splice(messages.indexOf(message), 1);
        resolve(button);
      };
      const { modal = false, detail = '' } = options;
      const message: Message = { severity, text, modal, detail, buttons, press };
      messages.push(message);
    });
  };
}

/** An item of the status bar, as its user sees it. */
export interface StatusItem {
  readonly id: string;
  text: string;
  tooltip: string;
  visible: boolean;
}

const statusItems: StatusItem[] = [];
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;

export interface Terminal {
  readonly name: string;
  readonly creationOptions: { readonly name?: string; readonly env?: Readonly<Record<string, string>> };
  readonly processId: Promise<number | undefined>;
  readonly exitStatus: undefined;
  show(): void;
}

const opened = new EventEmitter<Terminal>();
const closed = new EventEmitter<Terminal>();
const terminals: Terminal[] = [];

export const window = {
  createStatusBarItem: (id: string) => {
    const item = { id, text: '', tooltip: '', visible: false, show: () => {}, hide: () => {}, dispose: () => {} };
    item.show = () => void (item.visible = true);
    item.hide = () => void (item.visible = false);
    item.dispose = item.hide;
    statusItems.push(item);
    return item;
  },
  terminals,
  onDidOpenTerminal: opened.event,
  onDidCloseTerminal: closed.event,
  createInputBox: () => new Prompt(),
  createQuickPick: () => new Prompt(),
  showQuickPick: (items: readonly Item[], { title = '', placeHolder = '' } = {}) =>
    new Promise<Item | undefined>((resolve) => {
      const prompt = new Prompt();
      Object.assign(prompt, { title, placeholder: placeHolder, items });
      prompt.onDidAccept(() => {
        resolve(prompt.selectedItems[0]);
        prompt.hide();
      });
      prompt.onDidHide(() => resolve(undefined));
      prompt.show();
    }),
  showInformationMessage: showMessage('information'),
  showWarningMessage: showMessage('warning'),
  showErrorMessage: showMessage('error'),
  onDidChangeWindowState: new EventEmitter<never>().event,
  setStatusBarMessage: () => new Disposable(() => undefined),
  withProgress: (_options: unknown, work: () => unknown) => work(),
};
export const env = {
  language: 'en',
  clipboard: {
    readText: async () => clipboard,
    writeText: async (text: string) => {
      clipboard = text;
    },
  },
};
export const commands = {
  executeCommand: async (...command: readonly unknown[]) => {
    if (command[0] === 'setContext') contexts.push([String(command[1]), command[2]]);
    else executed.push(command);
  },
};
const usualSettings = { 'keysmith.use.liveKeys': 'ask' };
const settings: Record<string, unknown> = { ...usualSettings };
const found: string[] = [];
const edits: { readonly uri: string; readonly text: string }[] = [];
export const workspace = {
  isTrusted: true,
  getConfiguration: () => ({
    get: (id: string) => settings[id],
    inspect: (id: string) => ({ globalValue: settings[id] }),
    update: async (id: string, value: unknown) => void (settings[id] = value),
  }),
  /** What a test says there is, by its path. */
  findFiles: async () => found.map(Uri.file),
  workspaceFolders: [{ uri: Uri.file('/shop'), name: 'shop', index: 0 }],
  getWorkspaceFolder: () => workspace.workspaceFolders[0],
  applyEdit: async ({ changes }: WorkspaceEdit) => {
    edits.push(...changes);
    return true;
  },
  textDocuments: [] as readonly { readonly isDirty: boolean; readonly uri: unknown }[],
  asRelativePath: ({ path }: { readonly path: string }) => path.split('/').at(-1) ?? '',
};

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  for (let turns = 0; turns < 20_000; turns++) {
    const found = look();
    if (found !== undefined) return found;
    await turn();
  }
  throw new Error(
    `${what} did not come. Shown: ${[...shown.filter(({ visible }) => visible), ...messages].map((one) => JSON.stringify('text' in one ? one.text : one.title)).join(', ')}`,
  );
}

/** The user before the editor. */
export const user = {
  settings,
  /** The paths of the files that a search of the workspace finds. */
  found,
  /** What texts of the editor were changed to. */
  edits,
  contexts,
  executed,
  /** What is to be seen in the status bar. */
  get statusBar(): StatusItem[] {
    return statusItems.filter(({ visible }) => visible);
  },
  openTerminal(creationOptions: Terminal['creationOptions'], pid: number): Terminal {
    const { name = 'zsh' } = creationOptions;
    const processId = Promise.resolve(pid);
    const terminal: Terminal = { name, creationOptions, processId, exitStatus: undefined, show: () => undefined };
    terminals.push(terminal);
    opened.fire(terminal);
    return terminal;
  },
  closeTerminal(terminal: Terminal): void {
    terminals.splice(terminals.indexOf(terminal), 1);
    closed.fire(terminal);
  },
  messages,
  get clipboard(): string {
    return clipboard;
  },
  /** The prompt that is open, once it is one with these words and waits for an answer. */
  asked: (words: string): Promise<Prompt> =>
    until(`A prompt “${words}”`, () =>
      shown.findLast(
        ({ visible, busy, title, prompt, placeholder }) =>
          visible && !busy && `${title}\n${prompt}\n${placeholder}`.includes(words),
      ),
    ),
  told: (words: string): Promise<Message> =>
    until(`A message “${words}”`, () => messages.find(({ text }) => text.includes(words))),
  until,
  get prompt(): Prompt | undefined {
    return shown.findLast(({ visible }) => visible);
  },
  /** Forgets what was shown before. */
  beginAnew(): void {
    shown.splice(0);
    messages.splice(0);
    for (const item of statusItems) item.visible = false;
    terminals.splice(0);
    contexts.splice(0);
    executed.splice(0);
    found.splice(0);
    edits.splice(0);
    workspace.isTrusted = true;
    clipboard = '';
  },
};
