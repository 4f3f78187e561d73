/** What cleaning up says and is asked: which traces go, what that frees, and how far it has come. */

/** Which traces are meant. A selection or a filter's result comes as ids; ages and sizes are the host's to judge. */
export type CleanupScope =
  | { readonly kind: 'traces'; readonly traceIds: readonly string[] }
  /** Traces whose last record was received longer ago than this, by the host's clock. */
  | { readonly kind: 'older-than'; readonly seconds: number }
  /** The traces received longest ago, until the journal takes no more than this on disk. */
  | { readonly kind: 'down-to'; readonly bytes: number };

/** What would go. Nothing has happened yet. */
export interface CleanupPreview {
  readonly traces: number;
  readonly spans: number;
  /** Bytes of their lines in the journal, before compression. */
  readonly bytes: number;
  /** ISO 8601: when the last record of the oldest and of the youngest of them was received; null for none. */
  readonly oldest: string | null;
  readonly youngest: string | null;
  /** Traces that would go were they not under a legal hold; absent for none. */
  readonly held?: number;
}

/** What a delete did: the traces are hidden from here on, their lines go with the next compaction. */
export interface CleanupDone {
  readonly traces: number;
  readonly spans: number;
  /** Traces that stayed since they are under a legal hold; absent for none. */
  readonly held?: number;
}

/** Hidden is not gone: how much of each. */
export interface CleanupStatus {
  /** Traces that are hidden while their lines still stand in the journal, and the bytes of these lines. */
  readonly hiddenTraces: number;
  readonly hiddenBytes: number;
  readonly compaction: 'idle' | 'running' | 'failed';
  /** Segments of the running compaction; 0 while idle. */
  readonly segmentsDone: number;
  readonly segmentsTotal: number;
  /** Bytes on disk that compaction and compression have given back since the host started. */
  readonly freedBytes: number;
  /** All files of the journal. */
  readonly bytesOnDisk: number;
}
