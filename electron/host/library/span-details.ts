/** The full records of chosen spans of a trace, each merged from all its reports. */
import { at } from '../../../core/model/assert.ts';
import { diagnose } from '../../../core/formats/messages.ts';
import { mergeSpanRecords } from '../../../core/model/merge-records.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import type { GatheredTrace } from './gather-trace.ts';
import { readReportAt, type RecordAt } from './read-report.ts';
import type { SpanReports } from './span-reports.ts';

/** Spans of one call, and those of its ids that are to be asked for again. */
export interface ReadSpans {
  readonly spans: readonly SpanDetail[];
  readonly rest: readonly string[];
}

/**
 * In the order of `spanIds`; ids that the trace does not have are left out. Stops before it has read more than
 * `maxBytes` of the journal, but never before the first span.
 */
export function readSpanDetails(
  gathered: GatheredTrace,
  reports: SpanReports,
  spanIds: readonly string[],
  recordAt: RecordAt,
  maxBytes: number,
): ReadSpans {
  const wanted = [...new Set(spanIds)];
  const spans: SpanDetail[] = [];
  let bytes = 0;
  for (const [i, spanId] of wanted.entries()) {
    const rows = reports.rowsOf(spanId);
    if (rows.length === 0) continue;
    const distinct = distinctRows(gathered, rows);
    for (const row of distinct) bytes += at(gathered.table.columns.length, row);
    if (spans.length > 0 && bytes > maxBytes) return { spans, rest: wanted.slice(i) };
    spans.push(readDetail(gathered, spanId, rows.length, distinct, recordAt));
  }
  return { spans, rest: [] };
}

function readDetail(
  gathered: GatheredTrace,
  spanId: string,
  count: number,
  distinct: readonly number[],
  recordAt: RecordAt,
): SpanDetail {
  const reports = distinct.flatMap((row) => readReportAt(gathered.addressOf(row), recordAt) ?? []);
  const { record, conflict } = mergeSpanRecords(reports);
  return {
    traceId: gathered.entry.id,
    spanId,
    record,
    reports: count,
    diagnostics: [
      ...(conflict ? [diagnose('span-conflict')] : []),
      ...(reports.length < distinct.length ? [diagnose('damaged-payload')] : []),
    ],
  };
}

/** Equal copies need reading once. */
function distinctRows({ table }: GatheredTrace, rows: readonly number[]): readonly number[] {
  const { digest, length } = table.columns;
  const copies = rows.map((row): [string, number] => [
    `${String(at(digest, row))}:${String(at(length, row))}`,
    row,
  ]);
  return [...new Map(copies.toReversed()).values()].toReversed();
}
