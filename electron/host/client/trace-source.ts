/** Where a command line gets traces from: a running host, or the journal itself, read-only. */
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';

export interface OpenedTrace {
  readonly summary: TraceSummary;
  /** One row a span. */
  readonly spans: SpanTable;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExportedTraces {
  readonly lines: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Of no trace; at most 100 are told. */
  readonly unknown: readonly string[];
}

export interface TraceSource {
  /** Newest first. */
  list(limit: number | undefined): Promise<readonly TraceSummary[]>;
  findTrace(traceId: string): Promise<OpenedTrace | undefined>;
  /** At most 1,000 ids a call; unknown ids are left out. */
  readSpans(traceId: string, spanIds: readonly string[]): Promise<readonly SpanDetail[]>;
  /** The records of traces as they were received, in whole lines; undefined where none of the ids is known. */
  exportTraces(traceIds: readonly string[]): Promise<ExportedTraces | undefined>;
  /** What a person should know of the journal. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}
