/** A trace that is not in the journal yet, as tail sampling gets it: folded from the records that wait for it. */
import { findFormat } from '../../../core/formats/registry.ts';
import type { Json, JsonObject } from '../../../core/model/json.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import { foldTrace } from '../library/folded-trace.ts';
import { gatherTrace } from '../library/gather-trace.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { projectTrace } from '../plugins/project-trace.ts';
import { indexBatch } from '../records/index-batch.ts';
import { PLACE_NUMBERS, type RecordBatch } from '../records/record-batch.ts';
import type { StagedTrace } from './staged-traces.ts';

/** JSON of a `TraceView` for what each plugin reads. */
export function viewStaged({ id, batches }: StagedTrace, nowUs: EpochUs): (reads: readonly Read[]) => string {
  const table = new SegmentTable();
  for (const batch of batches) indexBatch(table, batch, 0);
  const gathered = gatherTrace(id, [0], () => table);
  if (gathered === undefined) throw new Error('a staged trace has no records');
  // Which of two reports that differ counts makes no difference to whether the trace is kept.
  const folded = foldTrace(gathered, nowUs, () => '');
  const whole = { ...folded, recordOf: (spanId: string) => findRecord(batches, spanId) };
  return (reads) => projectTrace(whole, reads, nowUs);
}

/** The last report of a span, which is its end where it has ended. */
function findRecord(batches: readonly RecordBatch[], spanId: string): JsonObject | undefined {
  for (const { records, lines, places, context } of batches.toReversed()) {
    const place = records.findLastIndex((record) => record.kind === 'span' && record.row.spanId === spanId);
    if (place < 0) continue;
    const start = places[place * PLACE_NUMBERS] ?? 0;
    const line = lines.subarray(start, start + (places[place * PLACE_NUMBERS + 1] ?? 0));
    const value = JSON.parse(Buffer.from(line).toString()) as Json;
    const report = findFormat(context.format)?.readReport(value);
    return report && { ...report.item, span_data: report.data };
  }
  return undefined;
}
