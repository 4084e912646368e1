/** What a message offers besides closing it. */
export interface Offer {
  readonly label: string;
  readonly run: () => PromiseLike<unknown> | void;
}

/**
 * Shows a message with one button and returns at once: no work waits for a message to be closed.
 * `show` is one of `vscode.window.show…Message`, already given its text.
 */
export function offering(
  show: (...buttons: string[]) => PromiseLike<string | undefined>,
  offer: Offer | undefined,
): void {
  void show(...(offer ? [offer.label] : [])).then((chosen) => (chosen === offer?.label ? offer?.run() : undefined));
}
