/**
 * The one contract between host and page, whatever carries it (WebSocket here, MessagePort on the desktop).
 * A message is JSON beside at most one block of bytes (`frame.ts`). The first request is `hello`.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Note } from '../model/note.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import type { AuditEvents, AuditRequests } from './audit.ts';
import type { CleanupDone, CleanupPreview, CleanupScope, CleanupStatus } from './cleanup.ts';
import type { CorpusEvents, CorpusRequests } from './corpus.ts';
import type { CostEvents, CostRequests } from './costs.ts';
import type { FeedCursor, FeedPull, FeedSegment, HeldSegment } from './feed.ts';
import type { Health } from './health.ts';
import type { PluginEvents, PluginRequests } from './plugins.ts';
import type { PricesState } from './prices.ts';
import type { QueryEvents, QueryRequests } from './query.ts';
import type { RedactionRequests } from './redaction.ts';
import type { SamplingEvents, SamplingRequests } from './sampling.ts';
import type { SearchEvents, SearchRequests } from './search.ts';
import type { SettingsPatch, SettingsState } from './settings.ts';

/** F of the contract: what became of one file. */
export interface FileReport {
  readonly path: string;
  /** Name of the format, empty where none was recognised. */
  readonly format: string;
  /** Why it was taken for that, in plain words. */
  readonly reason?: string;
  readonly traces: number;
  readonly spans: number;
  readonly skipped: number;
  /** What was left out, by code. */
  readonly skippedBy?: Readonly<Record<string, number>>;
  /** Attributes that no rule understood, which are kept on their spans all the same. */
  readonly unreadAttributes?: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
  /** It was cancelled, and nothing of it is in the library. */
  readonly cancelled?: true;
  /** The files in a zip; its own counts are their sums. */
  readonly entries?: readonly FileReport[];
}

/** The report of an import as it is kept, across restarts. */
export interface KeptReport {
  /** ISO 8601, the host's clock: when the import ended. */
  readonly at: string;
  /** Somebody stopped it; nothing of it is in the library. */
  readonly cancelled: boolean;
  /** Lists in it are cut where they were long; the counts are whole. */
  readonly file: FileReport;
}

/** Where a running import stands. Bytes are those of the files as they lie on disk. */
export interface ImportProgress {
  readonly importId: string;
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly spans: number;
  readonly spansPerSecond: number;
  /** First the file is read, then what was read is added to the library; until then a cancel undoes it. */
  readonly step: 'reading' | 'adding';
  /** Of the whole import, from 0 to 1. */
  readonly share: number;
  /** An estimate of what is left; absent while nobody could tell. */
  readonly secondsLeft?: number;
}

/** One record that the door or an import would not keep: position, code and size, never its text. */
export interface RejectRecord {
  /** ISO 8601, the host's clock. */
  readonly at: string;
  /** Path of the request, or name of the file. */
  readonly where: string;
  /** Place of the item in its body, or line in its file, counted from 0 and 1; -1: the whole body. */
  readonly position: number;
  readonly code: string;
  readonly bytes: number;
}

/** What the status bar and the health page show. */
export interface HostStatus {
  readonly version: string;
  readonly journalId: string;
  /** Base URL of the door, without a path. */
  readonly ingest: string;
  readonly dataDirectory: string;
  readonly traces: number;
  readonly spans: number;
  readonly bytesOnDisk: number;
  /** Records acknowledged with a 2xx since the host started. */
  readonly acknowledged: number;
  readonly rejected: number;
  /** The newest first, at most 100. */
  readonly rejects: readonly RejectRecord[];
  /** The last thing that went wrong, in one plain sentence. */
  readonly lastError: string | null;
  /** False after a failed fsync or while the disk is full: the door answers 503. */
  readonly accepting: boolean;
  /** What recovery found when the journal was opened. */
  readonly notices: readonly string[];
}

/** Everything about one span, merged from all its reports: what the inspector shows. */
export interface SpanDetail {
  readonly traceId: string;
  readonly spanId: string;
  /** The merged record in the SDK's own shape, with `input` and `response` of processors in `span_data`. */
  readonly record: JsonObject;
  /** How often the span was reported. */
  readonly reports: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a page receives when it opens a trace; the bytes beside it are an encoded SpanTable. */
export interface TraceOpened {
  readonly summary: TraceSummary;
  /** Host's now minus client's now, for the drawn end of running spans; 0 where unknown. Microseconds. */
  readonly clockOffsetUs: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Requests a page may make, with what they carry and answer. */
export interface Requests
  extends
    AuditRequests,
    CorpusRequests,
    CostRequests,
    QueryRequests,
    PluginRequests,
    RedactionRequests,
    SamplingRequests,
    SearchRequests {
  /** First message on every connection; a wrong token closes it. */
  hello: { params: { readonly token: string }; result: HostStatus };
  /** Starts `library.changed`: the whole library in parts first (`reset` on the first), then what changes. */
  'library.subscribe': { params: Record<string, never>; result: { readonly traces: number } };
  /** Newest first by start. For callers without a page. */
  'library.list': {
    params: { readonly limit?: number };
    result: { readonly traces: readonly TraceSummary[] };
  };
  /** The summaries of traces as of now; `unknown`: ids of no trace. At most 1,000 ids a call. */
  'library.summaries': {
    params: { readonly traceIds: readonly string[] };
    result: { readonly traces: readonly TraceSummary[]; readonly unknown: readonly string[] };
  };
  /** For a page's own library: what stands behind its cursor, and the bytes of the pages beside it. Starts `feed.available`. */
  'feed.pull': {
    params: {
      /** null: from the beginning. */
      readonly cursor: FeedCursor | null;
      /** null: do not compare what is held with what there is. */
      readonly held: readonly HeldSegment[] | null;
      readonly maxBytes: number;
    };
    result: FeedPull;
  };
  /** Pages of one segment, for a library whose pages of it have gone stale. */
  'feed.segment': {
    params: { readonly segment: number; readonly fromPage: number; readonly maxBytes: number };
    result: FeedSegment;
  };
  /** The folded spans of a trace, one row a span, as bytes; starts `trace.changed`. Unknown id: error `unknown-trace`. */
  'trace.open': { params: { readonly traceId: string }; result: TraceOpened };
  /**
   * The first picture of a large finished trace: the bars of the whole that are seen `width` CSS pixels wide, as
   * drawn rows. null and no bytes where none is kept: `trace.open` tells the whole in any case.
   */
  'trace.sketch': {
    params: { readonly traceId: string; readonly width: number };
    result: { readonly opened: TraceOpened | null };
  };
  'trace.close': { params: { readonly traceId: string }; result: Record<string, never> };
  /**
   * The merged records of spans. At most 1,000 ids a call; unknown ids are left out. `rest`: ids whose records
   * would have made the answer too large; at least one span comes with every answer, so asking on ends.
   */
  'span.get': {
    params: { readonly traceId: string; readonly spanIds: readonly string[] };
    result: { readonly spans: readonly SpanDetail[]; readonly rest: readonly string[] };
  };
  /**
   * Imports files by path on the host's machine; `import.progress` meanwhile. `bringBack`: records of deleted
   * traces, too, that were to stay away.
   */
  'import.paths': {
    params: { readonly importId: string; readonly paths: readonly string[]; readonly bringBack?: boolean };
    result: { readonly files: readonly FileReport[] };
  };
  /** What would go; nothing happens. */
  'cleanup.preview': { params: { readonly scope: CleanupScope }; result: CleanupPreview };
  /** Deletes: durable and hidden when answered. `keepAway`: later records of these traces are not taken. */
  'cleanup.apply': {
    params: { readonly scope: CleanupScope; readonly keepAway: boolean };
    result: CleanupDone;
  };
  'cleanup.status': { params: Record<string, never>; result: CleanupStatus };
  /** The notes of a trace, the oldest first; none where there is no such trace. */
  'notes.list': { params: { readonly traceId: string }; result: { readonly notes: readonly Note[] } };
  /** Keeps a note, or the newer form of one; durable when answered. Errors `unknown-trace`, `bad-note`, `too-many-notes`. */
  'notes.put': { params: { readonly note: Note }; result: { readonly note: Note } };
  /** Takes a note away; one that is not there is no error. */
  'notes.delete': {
    params: { readonly traceId: string; readonly id: string };
    result: Record<string, never>;
  };
  'import.cancel': { params: { readonly importId: string }; result: Record<string, never> };
  /** What became of the files that were imported, the newest first; the host keeps a few hundred. */
  'reports.list': {
    params: { readonly limit?: number };
    result: { readonly reports: readonly KeptReport[] };
  };
  'settings.get': { params: Record<string, never>; result: SettingsState };
  /** Changes what is named and nothing else. A value that cannot be: error `bad-settings`, and nothing has changed. */
  'settings.set': { params: SettingsPatch; result: SettingsState };
  'health.get': { params: Record<string, never>; result: Health };
  /** What models cost; the user's own file is read anew each time. */
  'prices.get': { params: Record<string, never>; result: PricesState };
}

export type RequestName = keyof Requests;

/** What the host sends unasked. */
export interface Events
  extends AuditEvents, CorpusEvents, CostEvents, QueryEvents, PluginEvents, SamplingEvents, SearchEvents {
  'status.changed': HostStatus;
  /** New or changed summaries. `reset`: forget all that came before. `complete`: the first snapshot is whole. */
  'library.changed': {
    readonly reset: boolean;
    readonly complete: boolean;
    readonly traces: readonly TraceSummary[];
    /** Deleted. */
    readonly removed?: readonly string[];
  };
  'cleanup.changed': CleanupStatus;
  /** There is something to pull. `compacted`: segments have changed their form, so what is held should be compared. */
  'feed.available': { readonly compacted: boolean };
  /** Rows of spans that are new or changed, as bytes (one row a span, to be replaced by span id). */
  'trace.changed': { readonly traceId: string } & TraceOpened;
  'import.progress': ImportProgress;
  /** The notes of a trace are others than before, whoever changed them. */
  'notes.changed': { readonly traceId: string };
  'settings.changed': SettingsState;
  /** There is a further report of an import. */
  'reports.changed': Record<string, never>;
}

export type EventName = keyof Events;

export type Message =
  | { readonly type: 'request'; readonly id: number; readonly name: RequestName; readonly params: Json }
  | { readonly type: 'result'; readonly id: number; readonly result: Json }
  | { readonly type: 'error'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly type: 'event'; readonly name: EventName; readonly payload: Json };
