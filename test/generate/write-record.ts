/** Planned traces as JSON lines: the exporter's items, or the events of a live processor. */
import type { JsonObject } from '../../core/model/json.ts';
import type { EpochUs } from '../../core/model/time.ts';
import type { PlannedSpan, PlannedTrace } from './plan.ts';
import { isBeforeCrash, type Shape } from './reported.ts';
import { writePrivateData, writeSpanData, writeStartData } from './write-span-data.ts';
import { writeTime } from './write-time.ts';

/** One record that is yet to be written, and when the client would send it. */
export interface Report {
  readonly atUs: EpochUs;
  readonly isSpan: boolean;
  write(): JsonObject;
}

/** Every record of a trace in the order of its sending. Texts are made when a record is written, not before. */
export function reportsOf(trace: PlannedTrace, shape: Shape): readonly Report[] {
  return shape === 'items' ? itemReports(trace) : eventReports(trace);
}

function itemReports(trace: PlannedTrace): readonly Report[] {
  const first: Report = { atUs: trace.startUs, isSpan: false, write: () => writeTraceItem(trace) };
  const ends = trace.spans
    .filter(({ endUs }) => isBeforeCrash(trace, endUs))
    .map((span): Report => ({ atUs: span.endUs, isSpan: true, write: () => writeEndItem(trace, span) }));
  return trace.hasItem ? [first, ...ends] : ends;
}

function eventReports(trace: PlannedTrace): readonly Report[] {
  const eventAt = (atUs: EpochUs, event: string, item: () => JsonObject, span?: PlannedSpan): Report => ({
    atUs,
    isSpan: span !== undefined,
    write: () => {
      const hidden = event === 'on_span_end' && span ? writePrivateData(span) : undefined;
      return {
        ...{ event, at: writeTime('js', atUs), item: item() },
        ...(span && { raw_type: span.kind }),
        ...(hidden && { private_span_data: hidden }),
      };
    },
  });
  const item = (): JsonObject => writeTraceItem(trace);
  const spans = trace.spans.flatMap((span) => [
    eventAt(span.startUs, 'on_span_start', () => writeStartItem(trace, span), span),
    eventAt(span.endUs, 'on_span_end', () => writeEndItem(trace, span), span),
  ]);
  const lastUs = trace.spans.at(-1)?.endUs ?? trace.startUs;
  const around = trace.hasItem
    ? [eventAt(trace.startUs, 'on_trace_start', item), eventAt(lastUs, 'on_trace_end', item)]
    : [];
  return [...around, ...spans]
    .filter(({ atUs }) => isBeforeCrash(trace, atUs))
    .sort((a, b) => a.atUs - b.atUs);
}

function writeTraceItem(trace: PlannedTrace): JsonObject {
  return {
    object: 'trace',
    id: trace.id,
    workflow_name: trace.workflowName,
    group_id: trace.groupId ?? null,
    metadata: trace.metadata ?? (trace.dialect === 'js' ? {} : null),
  };
}

function writeStartItem(trace: PlannedTrace, span: PlannedSpan): JsonObject {
  return {
    ...writeSpanHead(trace, span),
    ended_at: null,
    span_data: writeStartData(trace, span),
    error: null,
  };
}

function writeEndItem(trace: PlannedTrace, span: PlannedSpan): JsonObject {
  return {
    ...writeSpanHead(trace, span),
    ended_at: writeTime(trace.dialect, span.endUs),
    span_data: writeSpanData(trace, span),
    error: span.error ?? null,
  };
}

function writeSpanHead(trace: PlannedTrace, span: PlannedSpan): JsonObject {
  return {
    object: 'trace.span',
    id: span.id,
    trace_id: trace.id,
    parent_id: span.parentId ?? null,
    started_at: writeTime(trace.dialect, span.startUs),
  };
}
