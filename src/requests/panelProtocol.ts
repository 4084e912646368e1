import type { Outcome } from '../domain/checks.ts';
import type { Check, CheckName, Mend } from './explain.ts';
import type { MinuteCount } from './perMinute.ts';

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
  readonly outcome: Outcome;
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
  readonly mask: string;
  readonly mode: string;
}

/** What the list is narrowed to; an empty text narrows nothing. */
export interface RowFilter {
  /** Anywhere in method, path and id. */
  readonly text: string;
  readonly key: string;
  readonly account: string;
  readonly mode: string;
  /** A status, such as `403`, or an `Outcome`, such as `refused`. */
  readonly status: string;
  readonly method: string;
  /** How `since` and `until` were chosen: so many last minutes, such as `15`, or `between`. */
  readonly time: string;
  /** Times in ISO 8601: not before the one, and before the other. */
  readonly since: string;
  readonly until: string;
}

export const noFilter: RowFilter = {
  text: '',
  key: '',
  account: '',
  mode: '',
  status: '',
  method: '',
  time: '',
  since: '',
  until: '',
};

/** What the panel asks for when it begins, and when its filter changes. */
export interface ListRequest {
  /** Counts the lists that were asked for: what answers an older one is of no use. */
  readonly ask: number;
  readonly filter: RowFilter;
  /** Id of a request that is to be seen; empty for the newest. */
  readonly find: string;
}

/** Requests of a list, by their places in it. */
export interface PageRequest {
  readonly ask: number;
  readonly filter: RowFilter;
  /** Id of the list's newest request: those that came since have no place in it. */
  readonly upTo: string;
  readonly offset: number;
}

/** How many rows a page has. */
export const rowsOfPage = 200;

export interface RowPage {
  readonly ask: number;
  readonly offset: number;
  /** Newest first. */
  readonly rows: readonly RequestRow[];
}

/** What a filter leaves of the log, as it is now, with the first of its pages. */
export interface RowList extends RowPage {
  /** Id of the newest request, whatever the filter; empty where there is none. */
  readonly upTo: string;
  readonly total: number;
  readonly count: number;
  /** Of the request that is to be seen; -1 where it is not among them. */
  readonly place: number;
  readonly statuses: readonly string[];
  readonly methods: readonly string[];
  /** Ids. */
  readonly keys: readonly string[];
  readonly accounts: readonly string[];
  readonly minutes: readonly MinuteCount[];
}

/** From the editor to the panel. */
export type ToPanel =
  | { readonly type: 'words'; readonly words: PanelWords; readonly locale: string }
  /** Another emulator, or none: nothing that was said before is true any more. */
  | { readonly type: 'clear' }
  /** So much has changed that the list is better asked for anew. */
  | { readonly type: 'changed' }
  | { readonly type: 'list'; readonly list: RowList }
  | { readonly type: 'page'; readonly page: RowPage }
  /** Those that came since, newest first. */
  | { readonly type: 'rows'; readonly rows: readonly RequestRow[] }
  | { readonly type: 'keys'; readonly keys: readonly KeyName[] }
  | ({ readonly type: 'state' } & PanelState)
  | { readonly type: 'detail'; readonly detail: RequestDetail }
  | { readonly type: 'gone'; readonly id: string }
  | { readonly type: 'filter'; readonly filter: RowFilter }
  /** Opens a request; `widen` takes the filter away, so that it is seen in any case. */
  | { readonly type: 'select'; readonly id: string; readonly widen: boolean };

export interface PanelState {
  /** Where programs reach the emulator; empty where it does not run. */
  readonly origin: string;
  readonly enforcement: string;
  /** How far the emulator's clock is ahead of this machine's. */
  readonly aheadMs: number;
}

export type CopyForm = 'id' | 'curl' | 'code';

/** From the panel to the editor. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'start' }
  | { readonly type: 'shell' }
  | { readonly type: 'copyAddress' }
  | ({ readonly type: 'list' } & ListRequest)
  | ({ readonly type: 'page' } & PageRequest)
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'copy'; readonly id: string; readonly form: CopyForm }
  | { readonly type: 'replay'; readonly id: string }
  | { readonly type: 'mend'; readonly id: string; readonly mend: Mend }
  | { readonly type: 'export'; readonly filter: RowFilter };

/** Every text of the panel, in the person's language. `{0}` stands for a number or a name. */
export interface PanelWords {
  readonly [name: string]: string;
}
