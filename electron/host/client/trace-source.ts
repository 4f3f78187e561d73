/** Where a command line gets traces from: a running host, or the journal itself, read-only. */
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import type { Note } from '../../../core/model/note.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { QueryNode } from '../../../core/query/query-tree.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import type { SearchDone, SearchHit, SearchParams, SearchProgress } from '../../../core/rpc/search.ts';
import type { ListedCosts } from './ask-costs.ts';
import type { SamplingRequests } from '../../../core/rpc/sampling.ts';
import type { ExportPreview, ExportState, ExportWish } from '../../../core/rpc/export.ts';

export type DroppedTraces = SamplingRequests['sampling.dropped']['result'];

export interface OpenedTrace {
  readonly summary: TraceSummary;
  /** One row a span. */
  readonly spans: SpanTable;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that is being written. */
export interface ExportedFile {
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Of no trace; at most 100 are told. */
  readonly unknown: readonly string[];
  /** How far it is; what was lost and withheld is known once it is done. */
  state(): Promise<ExportState>;
}

export type SearchWish = Omit<SearchParams, 'runId'>;
export type HearHits = (hits: readonly SearchHit[], progress: SearchProgress) => void;

export interface TraceSource {
  /** Newest first. */
  list(limit: number | undefined): Promise<readonly TraceSummary[]>;
  /** The ids of the traces that a query finds. */
  query(tree: QueryNode): Promise<ReadonlySet<string>>;
  /** Looks for words in all that spans hold; hits are told while they are found. Rejects with NoWordsError or RpcError. */
  search(wish: SearchWish, onHits: HearHits): Promise<SearchDone>;
  /** What each of them costs, in their order; null: no such trace. */
  costs(traceIds: readonly string[]): Promise<ListedCosts>;
  /** Traces that sampling let go, the newest first, and how many there are of them. */
  listDropped(limit: number | undefined): Promise<DroppedTraces>;
  findTrace(traceId: string): Promise<OpenedTrace | undefined>;
  /** At most 1,000 ids a call; unknown ids are left out. */
  readSpans(traceId: string, spanIds: readonly string[]): Promise<readonly SpanDetail[]>;
  /** The user's notes of a trace, the oldest first. */
  readNotes(traceId: string): Promise<readonly Note[]>;
  /** A file of traces; undefined where none of the ids is known. */
  exportTraces(wish: ExportWish): Promise<ExportedFile | undefined>;
  /** What such a file would hold; undefined where none of the ids is known. */
  previewExport(wish: ExportWish): Promise<ExportPreview | undefined>;
  /** What a person should know of the journal. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}
