import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { chromiumArgs } from '../host/chromium.ts';
import { writeUserSettings } from '../host/userSettings.ts';
import type { Settings } from '../host/userSettings.ts';
import type { Workbench } from '../host/workbench.ts';
import type { DomNode } from './domNode.ts';
import { eventually } from './eventually.ts';
import { QuickInput } from './quickInput.ts';
import type { QuickInputItem, QuickInputState } from './quickInput.ts';
import { TreeView } from './treeView.ts';

export interface Toast {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface ModalDialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface StatusBarItem {
  readonly id: string;
  readonly text: string;
  readonly ariaLabel: string;
}

export interface ShownDiagnostic {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source: string;
  readonly code: string;
  /** Both from 1, as shown. */
  readonly line: number;
  readonly column: number;
}

export interface DriverOptions {
  /** Path of a Chromium: see `ensureChromium`. */
  readonly executablePath: string;
  /** Folder of the browser's profile. Secrets of one profile survive its being closed. */
  readonly profile: string;
  /** Pixels; default 1280 by 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Title of the extension's icon in the activity bar, which tells that VS Code knows the extension. */
  readonly activityBarTitle?: string;
}

/** A theme's label, and the class that it gives the workbench. */
const themes = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
} as const;

export type Theme = keyof typeof themes;

/** Does in a workbench what a person does, and reads what a person sees. All waits end with an error after 15 s. */
export class Driver implements AsyncDisposable {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly tree: TreeView;
  readonly #context: BrowserContext;
  readonly #workbench: Workbench;
  readonly #activityBarTitle: string;
  readonly #console: string[] = [];
  readonly #close: () => Promise<void>;

  private constructor(
    context: BrowserContext,
    page: Page,
    workbench: Workbench,
    activityBarTitle: string,
    close: () => Promise<void>,
  ) {
    this.#context = context;
    this.#close = close;
    this.page = page;
    this.#workbench = workbench;
    this.#activityBarTitle = activityBarTitle;
    this.quickInput = new QuickInput(page);
    this.tree = new TreeView(page);
    page.on('console', (message) => this.#console.push(message.text()));
  }

  /** Opens the workbench's folder in a new browser and waits until it can be used. */
  static async open(workbench: Workbench, options: DriverOptions): Promise<Driver> {
    const context = await chromium.launchPersistentContext(options.profile, {
      executablePath: options.executablePath,
      args: [...chromiumArgs],
      viewport: options.viewport ?? { width: 1280, height: 800 },
      locale: 'en-US',
    });
    try {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: workbench.origin });
      context.setDefaultTimeout(15_000);
      const page = context.pages()[0] ?? (await context.newPage());
      const title = options.activityBarTitle ?? 'Stripe Keys';
      const driver = new Driver(context, page, workbench, title, () => context.close());
      await page.goto(workbench.url());
      await driver.waitForReady();
      return driver;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** Opens the same folder in a second window of the same person. */
  async newWindow(): Promise<Driver> {
    const page = await this.#context.newPage();
    const driver = new Driver(this.#context, page, this.#workbench, this.#activityBarTitle, () => page.close());
    await page.goto(this.#workbench.url());
    await driver.waitForReady();
    return driver;
  }

  /** Waits until the workbench stands and knows the extension. Its first start takes about 5 s. */
  async waitForReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.#activityBarTab(this.#activityBarTitle).waitFor({ timeout: 60_000 });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitForReady();
  }

  /** Runs a command by its title as the palette shows it, category included. Throws where it is not in the palette. */
  async runCommand(title: string): Promise<void> {
    const offered = ({ items }: QuickInputState) => items.some(({ label }) => label === title);
    const shown = await eventually(
      `A command "${title}"`,
      async () => {
        // The palette lists what there was when it opened: right after a start that is not all.
        await this.findCommands(title);
        return await this.#listWith(offered);
      },
      offered,
      30_000,
    );
    const focused = shown.items.find((item) => item.focused);
    // Recently used commands that match stand above.
    await (focused?.label === title ? this.quickInput.accept() : this.quickInput.pick(title));
  }

  /** Opens the palette with `text` and leaves it open; returns the titles it shows. */
  async findCommands(text: string): Promise<string[]> {
    const list = async (): Promise<readonly QuickInputItem[]> => {
      await this.page.keyboard.press('F1');
      if (!(await this.quickInput.comes(2000)) || !(await this.quickInput.read()).value.startsWith('>')) return [];
      await this.quickInput.type(`>${text}`, 2000);
      return (await this.#listWith(({ items }) => items.length > 0)).items;
    };
    // It closes by itself where something else takes the focus, as a panel does that was asked for just before.
    const items = await eventually('The command palette', list, (all) => all.length > 0, 30_000);
    return items.map((item) => item.label);
  }

  /** Shows a view container by the title of its icon in the activity bar. */
  async openView(title = this.#activityBarTitle): Promise<void> {
    const shown = this.page.locator('.part.sidebar .composite.title').getByText(title).first();
    const show = async (): Promise<boolean> => {
      if (await shown.isVisible()) return true;
      await this.#activityBarTab(title).click();
      // A window that opens what was open before does so by itself, and the click then hides it.
      return await shown.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    };
    await eventually(`The view container "${title}"`, show, Boolean);
  }

  /** Leaves of a view of the side bar its header only. Does nothing where it is so, or where the container has no such view. */
  async collapseView(name: string): Promise<void> {
    const header = this.page.locator(`.part.sidebar .pane-header[aria-label^="${name}"]`);
    if ((await header.count()) === 0 || (await header.getAttribute('aria-expanded')) !== 'true') return;
    await header.click();
    await this.page.locator(`.part.sidebar .pane-header[aria-label^="${name}"][aria-expanded="false"]`).waitFor();
  }

  /** Clicks a button of the view's title by its tooltip. */
  async clickViewAction(title: string): Promise<void> {
    await this.page.locator('.part.sidebar').hover();
    await this.page.locator(`.part.sidebar .action-label[aria-label="${title}"]:visible`).first().click();
  }

  /** The messages at the lower right that are shown now. */
  async notifications(): Promise<Toast[]> {
    return await this.page.locator(toast).evaluateAll((all: DomNode[]) =>
      all.map((one) => {
        const icon = one.querySelector('.notification-list-item-icon')?.className ?? '';
        const buttons = one.querySelectorAll('.notification-list-item-buttons-container .monaco-button');
        return {
          severity: icon.includes('error') ? ('error' as const) : icon.includes('warning') ? 'warning' : 'info',
          text: one.querySelector('.notification-list-item-message')?.textContent ?? '',
          buttons: [...buttons].map((button) => button.textContent ?? ''),
        };
      }),
    );
  }

  /** Waits for a message whose text contains `text`. Throws with the messages there are. */
  async waitForNotification(text: string): Promise<Toast> {
    const holds = (one: Toast) => one.text.includes(text);
    const all = await eventually(
      `A message "${text}"`,
      () => this.notifications(),
      (shown) => shown.some(holds),
    );
    return all.find(holds) as Toast;
  }

  /** Clicks a button of a message; of the one that contains `text` where it is given. */
  async clickNotificationButton(label: string, text = ''): Promise<void> {
    const one = this.page.locator(toast).filter({ hasText: text });
    await one.locator('.monaco-button').getByText(label, { exact: true }).first().click();
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** The modal dialog, once there is one. */
  async dialog(): Promise<ModalDialog> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    const detail = box.locator('.dialog-message-detail');
    return {
      message: await box.locator('.dialog-message-text').innerText(),
      detail: (await detail.isVisible()) ? await detail.innerText() : '',
      buttons: await box.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    };
  }

  async clickDialogButton(label: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.locator('.dialog-buttons .monaco-button').getByText(label, { exact: true }).click();
    await box.waitFor({ state: 'hidden' });
  }

  async statusBarItems(): Promise<StatusBarItem[]> {
    const items = this.page.locator('.statusbar-item:visible');
    return await items.evaluateAll((all: DomNode[]) =>
      all.map((item) => ({
        id: item.id,
        text: item.textContent?.trim() ?? '',
        ariaLabel: item.getAttribute('aria-label') ?? '',
      })),
    );
  }

  async clickStatusBarItem(text: string): Promise<void> {
    await this.page.locator('.statusbar-item').filter({ hasText: text }).first().click();
  }

  /** Opens a file of the folder by its name through quick open. Throws where no file has it. */
  async openFile(name: string): Promise<void> {
    const listed = async (): Promise<boolean> => {
      await this.page.keyboard.press('ControlOrMeta+p');
      await this.quickInput.type(name);
      return await this.quickInput.lists(name, 3000);
    };
    await eventually(`The file ${name} in quick open`, listed, Boolean, 30_000);
    await this.quickInput.pick(name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().waitFor();
  }

  /** Replaces the active editor's text and leaves it unsaved. */
  async replaceEditorText(text: string): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** What the Problems panel shows now, of all files. Opens the panel. */
  async editorDiagnostics(): Promise<ShownDiagnostic[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) {
      await this.page.keyboard.press('ControlOrMeta+Shift+m');
      await panel.waitFor();
    }
    const rows = await panel.locator('.monaco-list-rows > .monaco-list-row').evaluateAll((all: DomNode[]) =>
      all.map((row) => {
        const text = (selector: string) => row.querySelector(selector)?.textContent ?? '';
        const place = /(\d+)\D+(\d+)/.exec(text('.marker-line'));
        const icon = row.querySelector('.marker-icon')?.className ?? '';
        const severity: ShownDiagnostic['severity'] = icon.includes('error')
          ? 'error'
          : icon.includes('warning')
            ? 'warning'
            : 'info';
        return {
          index: Number(row.getAttribute('data-index')),
          file: row.getAttribute('aria-level') === '1' ? text('.label-name') : undefined,
          diagnostic: {
            severity,
            message: text('.marker-message'),
            source: text('.marker-source'),
            code: text('.marker-code'),
            line: Number(place?.[1]),
            column: Number(place?.[2]),
          },
        };
      }),
    );
    let current = '';
    return rows
      .toSorted((a, b) => a.index - b.index)
      .flatMap(({ file, diagnostic }) => {
        current = file ?? current;
        return file === undefined ? [{ file: current, ...diagnostic }] : [];
      });
  }

  /** Changes user settings, leaves the others, and reloads: the server does not watch the file of settings. */
  async changeSettings(over: Settings): Promise<void> {
    const file = join(this.#workbench.userData, 'User', 'settings.json');
    await writeUserSettings(file, { ...(JSON.parse(await readFile(file, 'utf8')) as Settings), ...over });
    await this.reload();
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(theme);
    await this.quickInput.pick(theme);
    await this.page.locator(`.monaco-workbench.${themes[theme]}`).waitFor();
    await this.quickInput.waitForClosed();
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  async readClipboard(): Promise<string> {
    return await this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** All that was written to the browser's console so far. */
  consoleText(): string {
    return this.#console.join('\n');
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The list as it is once `accept` holds, or after a second. */
  async #listWith(accept: (state: QuickInputState) => boolean): Promise<QuickInputState> {
    return await eventually('The list', () => this.quickInput.read(), accept, 1000).catch(() => this.quickInput.read());
  }

  #activityBarTab(title: string): Locator {
    // The label is the title, followed by a keybinding or a badge where it has one.
    const label = this.page.locator(`.action-label[aria-label^="${title}"]`);
    return this.page.locator('.activitybar .action-item[role="tab"]').filter({ has: label }).first();
  }
}

const toast = '.notifications-toasts .notification-list-item';
