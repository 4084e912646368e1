import type { FrameLocator, Locator } from 'playwright-core';
import type { Driver } from './driver.ts';
import { eventually } from './eventually.ts';

/** The panel of requests, as a person sees it. */
export class RequestPanelPage {
  readonly #driver: Driver;
  readonly frame: FrameLocator;

  constructor(driver: Driver) {
    this.#driver = driver;
    this.frame = driver.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  async open(): Promise<void> {
    await this.#driver.runCommand('Keysmith: Show Requests');
    await this.frame.locator('keysmith-requests').waitFor();
  }

  get rows(): Locator {
    return this.frame.locator('.row[role=option]');
  }

  /** What the visible rows say to a screen reader, newest first. */
  async labels(): Promise<string[]> {
    const rows = await this.rows.evaluateAll((all: readonly { getAttribute(name: string): string | null }[]) =>
      all.map((row) => [Number(row.getAttribute('aria-posinset')), row.getAttribute('aria-label') ?? ''] as const),
    );
    return rows.toSorted(([one], [other]) => one - other).map(([, label]) => label);
  }

  async shows(what: string, accept: (labels: readonly string[]) => boolean): Promise<string[]> {
    return await eventually(what, () => this.labels(), accept);
  }

  row(text: string): Locator {
    return this.frame.locator(`.row[role=option][aria-label*="${text}"]`).first();
  }

  get detail(): Locator {
    return this.frame.locator('.detail');
  }

  /** The opened request, once it says this. */
  async explains(text: string): Promise<string> {
    return await eventually(
      `A request that says “${text}”`,
      async () => (await this.detail.innerText()).replaceAll(/\s+/g, ' '),
      (shown) => shown.includes(text),
    );
  }

  async choose(name: string, label: string): Promise<void> {
    await this.frame.locator(`vscode-single-select[aria-label="${name}"]`).click();
    await this.frame.locator(`vscode-single-select[aria-label="${name}"] li`, { hasText: label }).first().click();
  }

  async search(text: string): Promise<void> {
    await this.frame.locator('vscode-textfield input').fill(text);
  }
}
