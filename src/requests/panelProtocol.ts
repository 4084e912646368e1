import type { Check, CheckName, Mend } from './explain.ts';

/** A request as a row of the log shows it; the rest is asked for when a row is opened. */
export interface RequestRow {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** Id of its key; empty where none was recognised. */
  readonly key: string;
  readonly account: string;
  /** `live`, `sandbox`, or empty. */
  readonly mode: string;
  /** The kind of refusal, empty where it was allowed. */
  readonly refused: string;
  readonly letThrough: boolean;
  readonly durationMs: number;
}

/** What a request was, opened. All of it is text to be shown. */
export interface RequestDetail {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'allowed' | 'refused' | 'letThrough';
  readonly sentence: string;
  readonly checks: readonly (Pick<Check, 'outcome'> & { readonly name: CheckName; readonly label: string })[];
  readonly mends: readonly { readonly mend: Mend; readonly label: string }[];
  /** Names and values, in order. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly parameters: string;
  readonly response: string;
}

export interface KeyName {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
}

/** What the list is narrowed to; an empty text narrows nothing. */
export interface RowFilter {
  /** Anywhere in method, path and id. */
  readonly text: string;
  readonly key: string;
  readonly account: string;
  readonly mode: string;
  /** A status, such as `403`, or `refused`, `allowed`. */
  readonly status: string;
  readonly method: string;
}

export const noFilter: RowFilter = { text: '', key: '', account: '', mode: '', status: '', method: '' };

/** From the editor to the panel. */
export type ToPanel =
  | { readonly type: 'words'; readonly words: PanelWords; readonly locale: string }
  | { readonly type: 'clear' }
  /** Newest first; they stand before those of earlier messages unless they are older. */
  | { readonly type: 'rows'; readonly rows: readonly RequestRow[]; readonly older: boolean }
  | { readonly type: 'keys'; readonly keys: readonly KeyName[] }
  | { readonly type: 'state'; readonly running: boolean; readonly enforcement: string; readonly recording: boolean }
  | { readonly type: 'detail'; readonly detail: RequestDetail }
  | { readonly type: 'gone'; readonly id: string }
  | { readonly type: 'filter'; readonly filter: RowFilter }
  | { readonly type: 'select'; readonly id: string };

export type CopyForm = 'id' | 'curl' | 'code';

/** From the panel to the editor. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'start' }
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'copy'; readonly id: string; readonly form: CopyForm }
  | { readonly type: 'replay'; readonly id: string }
  | { readonly type: 'mend'; readonly id: string; readonly mend: Mend }
  | { readonly type: 'export'; readonly ids: readonly string[] };

/** Every text of the panel, in the person's language. `{0}` stands for a number or a name. */
export interface PanelWords {
  readonly [name: string]: string;
}
