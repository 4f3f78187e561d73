/** Whether a record that was rewritten is still the one it was: a redactor may change words and nothing else. */
import type { ReadRecord } from '../../../core/formats/format.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { KeptRecord } from '../records/record-batch.ts';

export function isSameRecord(before: KeptRecord, after: ReadRecord): after is KeptRecord {
  if (before.kind === 'trace') {
    return (
      after.kind === 'trace' &&
      before.traceId === after.traceId &&
      before.ended === after.ended &&
      before.header.processor === after.header.processor
    );
  }
  if (after.kind !== 'span') return false;
  const [a, b] = [before.row, after.row];
  return (
    a.traceId === b.traceId &&
    a.spanId === b.spanId &&
    a.parentId === b.parentId &&
    a.kind === b.kind &&
    (a.flags & KEPT_FLAGS) === (b.flags & KEPT_FLAGS) &&
    // NaN stands for a time that is not known.
    Object.is(a.startUs, b.startUs) &&
    Object.is(a.endUs, b.endUs) &&
    Object.is(before.startedLiveUs, after.startedLiveUs)
  );
}

const KEPT_FLAGS = SpanFlag.ended | SpanFlag.error | SpanFlag.processor;

/** The record under the ids of another one of its kind. */
export function renamed(record: KeptRecord, as: ReadRecord): KeptRecord {
  if (record.kind === 'trace') return as.kind === 'trace' ? { ...record, traceId: as.traceId } : record;
  if (as.kind !== 'span') return record;
  const { traceId, spanId, parentId } = as.row;
  return { ...record, row: { ...record.row, traceId, spanId, parentId } };
}
