import type { Locator, Page } from 'playwright-core';
import type { DomNode } from './domNode.ts';
import { eventually } from './eventually.ts';

export interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Undefined where only one item can be picked. */
  readonly checked: boolean | undefined;
  readonly focused: boolean;
}

export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** True where what is typed is hidden. */
  readonly password: boolean;
  /** The prompt, or what is wrong with the value. */
  readonly message: string;
  /** How the message is meant. */
  readonly severity: 'none' | 'info' | 'warning' | 'error';
  /** The items in view, in order; a long list shows more when one types. */
  readonly items: readonly QuickInputItem[];
}

export interface ItemButton {
  readonly title: string;
  /** Undefined where it cannot be toggled. */
  readonly checked: boolean | undefined;
}

const itemButton = '.quick-input-list-entry-action-bar [aria-label]:not(ul)';

/** The box at the top that asks: command palette, quick pick, input box. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
    this.#input = this.#widget.locator('input.input');
  }

  async isOpen(): Promise<boolean> {
    return await this.#widget.isVisible();
  }

  /** Waits for a box, with this title where one is given. Throws with what is shown instead. */
  async waitFor(title?: string): Promise<QuickInputState> {
    await this.#widget.waitFor();
    const what = title === undefined ? 'A quick input' : `A quick input "${title}"`;
    return await eventually(
      what,
      () => this.read(),
      (state) => title === undefined || state.title === title,
    );
  }

  /** Whether it is there, or comes within so many milliseconds. */
  async comes(within: number): Promise<boolean> {
    return await this.#widget.waitFor({ timeout: within }).then(
      () => true,
      () => false,
    );
  }

  async waitForClosed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /** What the box shows now, read at one moment. Throws when none opens within 5 s, so that who reads on until something holds can. */
  async read(): Promise<QuickInputState> {
    await this.#widget.waitFor({ timeout: 5000 });
    return await this.#widget.evaluate((widget: DomNode) => {
      const visible = (selector: string): DomNode | undefined => {
        const node = widget.querySelector(selector);
        return node?.checkVisibility() === true ? node : undefined;
      };
      const textIn = (node: DomNode | null | undefined, selector: string): string =>
        node?.querySelector(selector)?.textContent?.trim() ?? '';
      const field = widget.querySelector('input.input');
      const box = widget.querySelector('.monaco-inputbox')?.className ?? '';
      const rows = visible('.quick-input-list')?.querySelectorAll('.monaco-list-rows > .monaco-list-row') ?? [];
      return {
        title: (visible('.quick-input-title')?.textContent ?? '').trim(),
        placeholder: field?.getAttribute('placeholder') ?? '',
        value: field?.value ?? '',
        password: field?.getAttribute('type') === 'password',
        message: (visible('.quick-input-message')?.textContent ?? '').trim(),
        severity: (/\b(info|warning|error)\b/.exec(box)?.[1] ?? 'none') as QuickInputState['severity'],
        items: [...rows].map((row) => {
          const checked = row.getAttribute('aria-checked');
          return {
            label: textIn(row, '.quick-input-list-row .label-name'),
            description: textIn(row, '.quick-input-list-row .label-description'),
            detail: textIn(row, '.quick-input-list-label-meta'),
            checked: checked === null ? undefined : checked === 'true',
            focused: row.className.includes('focused'),
          };
        }),
      };
    });
  }

  /** Replaces what is in the box, which may come within so many milliseconds; default those of the page. */
  async type(text: string, within?: number): Promise<void> {
    await this.#input.fill(text, within === undefined ? {} : { timeout: within });
  }

  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  async escape(): Promise<void> {
    await this.#page.keyboard.press('Escape');
  }

  /** Types `text` and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** Whether it has an item, or has it within so many milliseconds. */
  async lists(label: string, within: number): Promise<boolean> {
    return await eventually(
      `An item "${label}"`,
      () => this.#items(),
      (items) => items.some((item) => item.label === label),
      within,
    ).then(
      () => true,
      () => false,
    );
  }

  /** Clicks an item: picks it, or where several may be picked checks or unchecks it. Throws with the labels there are. */
  async pick(label: string): Promise<void> {
    const rows = await eventually(
      `An item "${label}"`,
      () => this.#items(),
      (items) => items.some((item) => item.label === label),
    );
    const index = rows.findIndex((item) => item.label === label);
    await this.#rows().nth(index).locator('.quick-input-list-entry').click();
  }

  /** Clicks the button `OK` of a pick of several. */
  async ok(): Promise<void> {
    await this.#widget.locator('.quick-input-action .monaco-button').filter({ hasText: /^OK$/ }).click();
  }

  /** Clicks a button of the title bar or of the input, by its tooltip, which a keybinding may follow. */
  async clickButton(title: string): Promise<void> {
    await this.#widget.locator(`.action-label[aria-label^="${title}"]`).first().click();
  }

  /** The buttons of an item under the pointer, with what is on where they can be toggled. */
  async itemButtons(label: string): Promise<ItemButton[]> {
    const buttons = (await this.#hoverItem(label)).locator(itemButton);
    return await buttons.evaluateAll((all: DomNode[]) =>
      all.map((one) => {
        const checked = one.getAttribute('aria-checked');
        return {
          title: one.getAttribute('aria-label') ?? '',
          checked: checked === null ? undefined : checked === 'true',
        };
      }),
    );
  }

  async clickItemButton(label: string, title: string): Promise<void> {
    await (await this.#hoverItem(label)).locator(`${itemButton}[aria-label="${title}"]`).click();
  }

  async #hoverItem(label: string): Promise<Locator> {
    const items = await eventually(
      `An item "${label}"`,
      () => this.#items(),
      (all) => all.some((item) => item.label === label),
    );
    const row = this.#rows().nth(items.findIndex((item) => item.label === label));
    await row.hover();
    return row;
  }

  #rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-rows > .monaco-list-row');
  }

  async #items(): Promise<readonly QuickInputItem[]> {
    return (await this.isOpen()) ? (await this.read()).items : [];
  }
}
