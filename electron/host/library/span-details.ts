/** The full records of chosen spans of a trace, each merged from all its reports. */
import { at } from '../../../core/model/assert.ts';
import { diagnose } from '../../../core/formats/messages.ts';
import { mergeSpanRecords } from '../../../core/model/merge-records.ts';
import type { SpanDetail } from '../../../core/rpc/contract.ts';
import type { GatheredTrace } from './gather-trace.ts';
import { readReportAt, type RecordAt } from './read-report.ts';

/** In the order of `spanIds`; ids that the trace does not have are left out. */
export function readSpanDetails(
  gathered: GatheredTrace,
  spanIds: readonly string[],
  recordAt: RecordAt,
): readonly SpanDetail[] {
  const rowsById = groupRows(gathered, new Set(spanIds));
  return [...new Set(spanIds)].flatMap((spanId) => {
    const rows = rowsById.get(spanId);
    return rows === undefined ? [] : readDetail(gathered, spanId, rows, recordAt);
  });
}

function readDetail(
  gathered: GatheredTrace,
  spanId: string,
  rows: readonly number[],
  recordAt: RecordAt,
): SpanDetail {
  const distinct = distinctRows(gathered, rows);
  const reports = distinct.flatMap((row) => readReportAt(gathered.addressOf(row), recordAt) ?? []);
  const { record, conflict } = mergeSpanRecords(reports);
  return {
    traceId: gathered.entry.id,
    spanId,
    record,
    reports: rows.length,
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

function groupRows({ table, rows }: GatheredTrace, wanted: ReadonlySet<string>): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const spanId = table.spanId(row);
    if (!wanted.has(spanId)) continue;
    const group = groups.get(spanId);
    if (group === undefined) groups.set(spanId, [row]);
    else group.push(row);
  }
  return groups;
}
