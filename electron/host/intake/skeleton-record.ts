/**
 * A record without a word of anybody: ids, times and kind, and why the rest was withheld. It is written from what was
 * read of the record, never from its bytes, so that nothing can hide in a field that nobody thought of.
 */
import { KIND_DEFINITIONS } from '../../../core/model/kinds/registry.ts';
import { kindOf } from '../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import { writeIsoUs, type EpochUs } from '../../../core/model/time.ts';
import type { KeptRecord } from '../records/record-batch.ts';

export interface Withheld {
  /** The plugin and its version, or the host. */
  readonly by: string;
  readonly reason: string;
}

/** The JSON object that is stored in place of the record. */
export function writeSkeleton(record: KeptRecord, withheld: Withheld): object {
  return record.kind === 'trace' ? skeletonOfTrace(record, withheld) : skeletonOfSpan(record, withheld);
}

function skeletonOfTrace(record: Extract<KeptRecord, { kind: 'trace' }>, withheld: Withheld): object {
  const item = { object: 'trace', id: record.traceId, withheld };
  if (!record.header.processor) return item;
  return { event: record.ended ? 'on_trace_end' : 'on_trace_start', item };
}

function skeletonOfSpan({ row }: Extract<KeptRecord, { kind: 'span' }>, withheld: Withheld): object {
  const item = {
    object: 'trace.span',
    id: row.spanId,
    trace_id: row.traceId,
    parent_id: row.parentId ?? null,
    started_at: timeOf(row.startUs),
    ended_at: timeOf(row.endUs),
    span_data: dataOf(row.kind),
    error: null,
    withheld,
  };
  if ((row.flags & SpanFlag.processor) === 0) return item;
  return { event: Number.isNaN(row.endUs) ? 'on_span_start' : 'on_span_end', item };
}

function timeOf(us: EpochUs): string | null {
  return Number.isNaN(us) ? null : writeIsoUs(us);
}

function dataOf(code: number): object {
  const kind = kindOf(code);
  // Tasks and turns travel as custom spans.
  if (kind === 'task' || kind === 'turn') return { type: 'custom', data: { sdk_span_type: kind } };
  return { type: KIND_DEFINITIONS[kind].wireTypes[0] ?? 'custom' };
}
