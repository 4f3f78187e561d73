/** What page and host say of queries: which traces pass where the page's own columns do not tell, and which values there are. */

export interface QueryRequests {
  /**
   * Looks at every trace, or at those that are named, and tells of those that pass by `query.found` while it goes;
   * answered when all were looked at, or it was cancelled. Errors: `bad-query`, with the sentence that says why.
   */
  'query.traces': {
    params: {
      /** Chosen by the page, for the events and for `query.cancel`. */
      readonly runId: string;
      readonly query: string;
      /** At most 10,000; absent: all. */
      readonly traceIds?: readonly string[];
    };
    result: { readonly looked: number; readonly matching: number; readonly cancelled: boolean };
  };
  'query.cancel': { params: { readonly runId: string }; result: Record<string, never> };
  /** Values of a field that begin with, or contain, a text: the most frequent first. Of `metadata`: its keys. */
  'query.values': {
    params: { readonly field: string; readonly key?: string; readonly find: string; readonly most: number };
    result: { readonly values: readonly QueryValue[] };
  };
}

export interface QueryValue {
  readonly value: string;
  /** Traces that have it. */
  readonly traces: number;
}

export interface QueryEvents {
  'query.found': {
    readonly runId: string;
    /** Passing traces that were not told before. */
    readonly traceIds: readonly string[];
    readonly done: number;
    readonly total: number;
  };
}
