import type { LogSummary, RawRecord, RequestFilter, RequestPage, RequestRecord } from './requestRecord.ts';

/** What the thread that answers requests tells the one that logs them. `ask` numbers what is to be answered. */
export type LogOrder =
  | { readonly kind: 'write'; readonly records: readonly RawRecord[] }
  | { readonly kind: 'clear' }
  | { readonly kind: 'list'; readonly ask: number; readonly filter: RequestFilter }
  | { readonly kind: 'find'; readonly ask: number; readonly id: string }
  | {
      readonly kind: 'summary';
      readonly ask: number;
      readonly filter: Omit<RequestFilter, 'limit'>;
      readonly find: string | undefined;
    }
  | { readonly kind: 'close'; readonly ask: number };

/** What it answers. */
export type LogReport =
  /** So many records of this size are no longer on their way. */
  | { readonly kind: 'taken'; readonly count: number; readonly bytes: number }
  /** The log can no longer be written, or can again. */
  | { readonly kind: 'failing'; readonly why: string }
  /** A record that could not be looked through for secrets. */
  | { readonly kind: 'leftOut' }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'answer'; readonly ask: number; readonly value: LogAnswer };

export type LogAnswer = RequestPage | RequestRecord | LogSummary | undefined;
