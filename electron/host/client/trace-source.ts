/** Where a command line gets traces from: a running host, or the journal itself, read-only. */
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import type { Note } from '../../../core/model/note.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import type { ExportPreview, ExportState, ExportWish } from '../../../core/rpc/export.ts';

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

export interface TraceSource {
  /** Newest first. */
  list(limit: number | undefined): Promise<readonly TraceSummary[]>;
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
