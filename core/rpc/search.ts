/**
 * Words looked for in everything that spans hold. The host reads the whole journal, the newest part first, and tells
 * what it finds while it goes.
 */
import type { SpanKind } from '../model/span-kind.ts';
import type { FoundWords } from '../search/find-words.ts';

export type { FoundText } from '../search/find-words.ts';

export interface SearchParams {
  /** Chosen by the page, for the events and for `search.cancel`; a further search with the same id stops the first. */
  readonly runId: string;
  /** Words that all must stand in one span; `"as it stands"` is one of them. */
  readonly words: string;
  /** Only in traces that this finds (core/query); empty: in all. */
  readonly query: string;
}

/** A span that holds the words. */
export interface SearchHit extends FoundWords {
  readonly traceId: string;
  readonly spanId: string;
  readonly workflowName: string;
  /** ISO 8601; of the trace. */
  readonly startedAt: string;
  readonly kind: SpanKind;
  readonly name: string;
  /** Empty: of none. */
  readonly agent: string;
}

export interface SearchProgress {
  /** Bytes of the journal as it was written, whether it is compressed or not. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number;
  readonly spans: number;
  readonly traces: number;
}

export interface SearchDone extends SearchProgress {
  readonly tookMs: number;
  /** Enough was found, and the rest of the journal was not read. */
  readonly capped: boolean;
  readonly cancelled: boolean;
}

/** Most spans that a search tells. */
export const MAX_SEARCH_HITS = 1000;

export interface SearchRequests {
  /** Answered when all was read, enough was found or it was cancelled. Errors: `bad-query`, `no-words`. */
  'search.start': { params: SearchParams; result: SearchDone };
  /** Stops what runs under an id; nothing where nothing does. */
  'search.cancel': { params: { readonly runId: string }; result: Record<string, never> };
}

export interface SearchEvents {
  /** How far it is, and hits that were not told before. */
  'search.hits': {
    readonly runId: string;
    readonly hits: readonly SearchHit[];
    readonly progress: SearchProgress;
  };
}
