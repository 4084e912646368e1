/**
 * What the page functions here read of an element. The repository is compiled without the browser's types, so that no
 * program of ours can lean on them by accident.
 */
export interface DomNode {
  readonly id: string;
  readonly className: string;
  readonly textContent: string | null;
  /** Of a field. */
  readonly value?: string;
  /** Whether it takes any room. */
  checkVisibility(): boolean;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomNode | null;
  querySelectorAll(selector: string): Iterable<DomNode>;
}
