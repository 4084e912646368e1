import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { DomNode } from './domNode.ts';
import { eventually } from './eventually.ts';

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
  /** 1 for a row at the top. */
  readonly level: number;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  /** The icon's name, like `key` for `$(key)`; empty where it is a picture or there is none. */
  readonly icon: string;
}

/** A label, or, where several rows have it, the labels from the top down to it. */
export type RowPath = string | readonly string[];

interface PlacedRow {
  /** Of the element. */
  readonly id: string;
  readonly row: TreeRow;
}

/** The tree views of extensions in the side bar. */
export class TreeView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The rows in view, from the top; those of one view where its name is given. */
  async rows(view?: string): Promise<TreeRow[]> {
    return (await this.#placedRows(view)).map(({ row }) => row);
  }

  /** One row, once it is there. */
  async row(path: RowPath): Promise<TreeRow> {
    return (await this.#find(path)).row;
  }

  /** Text of the view while it is empty, and its buttons. Undefined where none is shown. */
  async welcome(): Promise<{ readonly text: string; readonly buttons: readonly string[] } | undefined> {
    const welcome = this.#page.locator('.part.sidebar .welcome-view-content').first();
    if (!(await welcome.isVisible())) return undefined;
    return { text: await welcome.innerText(), buttons: await welcome.locator('.monaco-button').allInnerTexts() };
  }

  async clickWelcomeButton(label: string): Promise<void> {
    await this.#page
      .locator('.part.sidebar .welcome-view-content .monaco-button')
      .getByText(label, { exact: true })
      .click();
  }

  /** Opens a row, and waits until its children are there: it must have some. Does nothing where it is open. */
  async expand(path: RowPath): Promise<void> {
    const opened = async (): Promise<boolean> => {
      const found = await this.#find(path);
      const rows = await this.#placedRows();
      const next = rows[rows.findIndex(({ id }) => id === found.id) + 1];
      if (found.row.expanded === true) return (next?.row.level ?? 0) > found.row.level;
      await this.#locate(found).locator('.monaco-tl-twistie').click();
      await delay(250); // a row that was just drawn anew may open by itself, and the click then closes it
      return false;
    };
    await eventually(`Children of "${typeof path === 'string' ? path : path.join(' > ')}"`, opened, (done) => done);
  }

  async click(path: RowPath): Promise<void> {
    await this.#locate(await this.#find(path))
      .locator('.label-name')
      .click();
  }

  /** Titles of the buttons that a row shows under the pointer. */
  async actions(path: RowPath): Promise<string[]> {
    const row = this.#locate(await this.#find(path));
    await row.hover();
    return await row
      .locator(inlineAction)
      .evaluateAll((all: DomNode[]) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  }

  async clickAction(path: RowPath, title: string): Promise<void> {
    await this.#untilRowIsKnown(async () => {
      await this.leave();
      const row = this.#locate(await this.#find(path));
      await row.hover();
      await row.locator(`${inlineAction}[aria-label="${title}"]`).click();
    });
  }

  /** Titles in a row's context menu, which is closed again. */
  async menu(path: RowPath): Promise<string[]> {
    const items = await this.#openMenu(path);
    const titles = await items.allInnerTexts();
    await this.#page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
    return titles.map((title) => title.trim()).filter(Boolean);
  }

  async clickMenu(path: RowPath, title: string): Promise<void> {
    await this.#untilRowIsKnown(async () => {
      const items = await this.#openMenu(path);
      await items.filter({ has: this.#page.getByText(title, { exact: true }) }).click();
    });
  }

  /** Points at a row until its tooltip is there. */
  async hover(path: RowPath): Promise<void> {
    await this.leave();
    await this.#locate(await this.#find(path))
      .locator('.label-name')
      .hover();
    await this.#page.locator('.monaco-hover:visible').first().waitFor();
  }

  /** Takes the pointer off the rows: the hover of one covers those below it. */
  async leave(): Promise<void> {
    let moved = 0;
    const shown = this.#page.locator('.monaco-hover:visible');
    await eventually(
      'No hover',
      async () => {
        // One whose owner has gone needs another move to go.
        await this.#page.mouse.move(900 + (moved++ % 10), 400);
        return await shown.count();
      },
      (count) => count === 0,
    );
  }

  /**
   * Clicks what runs a command on a row. While a tree is drawn anew the editor does not know its rows, and the command asks which key is
   * meant: one leaves that and clicks again.
   */
  async #untilRowIsKnown(click: () => Promise<void>): Promise<void> {
    const answer = this.#page.locator('.quick-input-widget, .monaco-dialog-box');
    const whichKey = this.#page.locator('.quick-input-widget input[placeholder="Choose a key"]:visible');
    for (let tries = 0; tries < 3; tries++) {
      await click();
      const answered = answer.filter({ visible: true }).first().waitFor({ timeout: 500 });
      await answered.catch(() => undefined); // some commands ask nothing
      if (!(await whichKey.isVisible())) return;
      await this.#page.keyboard.press('Escape');
      await whichKey.waitFor({ state: 'hidden' });
    }
  }

  async #openMenu(path: RowPath): Promise<Locator> {
    await this.leave();
    await this.#locate(await this.#find(path))
      .locator('.label-name')
      .click({ button: 'right' });
    const items = this.#page.locator('.monaco-menu .action-menu-item');
    await items.first().waitFor();
    await delay(150); // a menu ignores the mouse for its first 100 ms, lest the click that opened it chooses
    return items;
  }

  #locate({ id }: PlacedRow): Locator {
    return this.#page.locator(`.customview-tree [id="${id}"]`);
  }

  /** Waits for the row. Throws with the rows there are. */
  async #find(path: RowPath): Promise<PlacedRow> {
    const labels = typeof path === 'string' ? [path] : path;
    const find = (rows: readonly PlacedRow[]) => findRow(rows, labels, typeof path === 'string');
    const rows = await eventually(
      `A row "${labels.join(' > ')}"`,
      () => this.#placedRows(),
      (all) => find(all) !== undefined,
    );
    return find(rows) as PlacedRow;
  }

  async #placedRows(view?: string): Promise<PlacedRow[]> {
    const tree = view === undefined ? '.monaco-list' : `.monaco-list[aria-label="${view}"]`;
    const rows = this.#page.locator(`.customview-tree ${tree} .monaco-list-rows > .monaco-list-row:visible`);
    const placed = await rows.evaluateAll((all: DomNode[]) =>
      all.map((row) => {
        const expanded = row.getAttribute('aria-expanded');
        const icon = row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '';
        return {
          id: row.id,
          tree: row.id.replace(/_\d+$/, ''),
          index: Number(row.getAttribute('data-index')),
          row: {
            label: row.querySelector('.label-name')?.textContent ?? '',
            description: row.querySelector('.label-description')?.textContent ?? '',
            ariaLabel: row.getAttribute('aria-label') ?? '',
            level: Number(row.getAttribute('aria-level')),
            expanded: expanded === null ? undefined : expanded === 'true',
            icon: /codicon-(?!colored)([\w-]+)/.exec(icon)?.[1] ?? '',
          },
        };
      }),
    );
    // Rows that scrolled into view stand behind the others in the document.
    const trees = [...new Set(placed.map(({ tree }) => tree))];
    return placed.toSorted((a, b) => trees.indexOf(a.tree) - trees.indexOf(b.tree) || a.index - b.index);
  }
}

const inlineAction = '.monaco-icon-label .actions .action-label';

function findRow(rows: readonly PlacedRow[], labels: readonly string[], anywhere: boolean): PlacedRow | undefined {
  if (anywhere) return rows.find(({ row }) => row.label === labels[0]);
  const trail: string[] = [];
  return rows.find(({ row }) => {
    trail.splice(row.level - 1, Infinity, row.label);
    return trail.length === labels.length && trail.every((label, index) => label === labels[index]);
  });
}
