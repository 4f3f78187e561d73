/** All rows of one trace, from however many segments it is spread over. */
import { at } from '../../../core/model/assert.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import { joinRows, type ChosenRows } from '../../../core/model/join-rows.ts';
import type { SpanTable, PayloadAddress } from '../../../core/model/span-table.ts';
import { mergeTraceEntries, type TraceEntry } from '../../../core/model/trace-entry.ts';
import type { SegmentTable } from './segment-table.ts';

/** Where a line stands in the journal, and the crc32 that its bytes must have. */
export interface JournalAddress extends PayloadAddress {
  readonly segment: SegmentNumber;
}

export interface GatheredTrace {
  readonly entry: TraceEntry;
  readonly table: SpanTable;
  /** The trace's rows in `table`, oldest first. */
  readonly rows: readonly number[];
  readonly addressOf: (row: number) => JournalAddress;
}

/** Undefined where none of the segments knows the trace. */
export function gatherTrace(
  traceId: string,
  segments: readonly SegmentNumber[],
  tableOf: (segment: SegmentNumber) => SegmentTable,
): GatheredTrace | undefined {
  const [only] = segments;
  if (only === undefined) return undefined;
  return segments.length === 1
    ? gatherFromOne(traceId, only, tableOf(only))
    : gatherFromMany(traceId, segments, tableOf);
}

function gatherFromOne(
  traceId: string,
  segment: SegmentNumber,
  source: SegmentTable,
): GatheredTrace | undefined {
  const entry = entryOf(source, traceId);
  if (entry === undefined) return undefined;
  return {
    entry,
    table: source.table,
    rows: source.rowsOf(traceId),
    addressOf: (row) => ({ segment, ...lineAt(source.table, row) }),
  };
}

/** Copies the rows into one table; the folded result needs them side by side. */
function gatherFromMany(
  traceId: string,
  segments: readonly SegmentNumber[],
  tableOf: (segment: SegmentNumber) => SegmentTable,
): GatheredTrace | undefined {
  const parts: ChosenRows[] = [];
  const segmentOf: SegmentNumber[] = [];
  let entry: TraceEntry | undefined;
  for (const segment of segments) {
    const source = tableOf(segment);
    const own = entryOf(source, traceId);
    if (own === undefined) continue;
    entry = entry === undefined ? own : mergeTraceEntries(entry, own);
    const rows = source.rowsOf(traceId);
    parts.push({ table: source.table, rows });
    for (let i = 0; i < rows.length; i++) segmentOf.push(segment);
  }
  if (entry === undefined) return undefined;
  const table = joinRows(parts);
  return {
    entry,
    table,
    rows: segmentOf.map((_, row) => row),
    addressOf: (row) => ({ segment: at(segmentOf, row), ...lineAt(table, row) }),
  };
}

function entryOf(source: SegmentTable, traceId: string): TraceEntry | undefined {
  const number = source.table.findTrace(traceId);
  return number === undefined ? undefined : source.table.traces[number];
}

function lineAt({ columns }: SpanTable, row: number): PayloadAddress {
  return {
    offset: at(columns.offset, row),
    length: at(columns.length, row),
    digest: at(columns.digest, row),
  };
}
