/** A collected trace as the columns that all analysis works on. */
import { NO_DIGEST } from '../../core/model/digest-json.ts';
import { classifyMessage } from '../../core/model/error-class.ts';
import { isJsonObject, type JsonObject } from '../../core/model/json.ts';
import { findKind } from '../../core/model/kinds/registry.ts';
import { KIND_CODE } from '../../core/model/span-kind.ts';
import { SpanFlag, UNKNOWN_TOKENS, type SpanRow } from '../../core/model/span-row.ts';
import { SpanTable } from '../../core/model/span-table.ts';
import { readIsoUs } from '../../core/model/time.ts';
import type { TraceEntry } from '../../core/model/trace-entry.ts';
import { writeSafeJson } from '../workbench/safe-json.ts';
import { privateSpanData } from './export-span-data.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

/** A table of one trace, its rows in the order of `trace.spans`. */
export function readTrace(trace: Trace): { readonly spans: SpanTable; readonly entry: TraceEntry } {
  const spans = new SpanTable();
  const entry = readEntry(trace);
  const number = spans.mergeTrace(entry);
  trace.spans.forEach((span, place) => {
    spans.append(readRow(span), number, { offset: place, length: 0, digest: 0 });
  });
  return { spans, entry };
}

function readEntry(trace: Trace): TraceEntry {
  const startUs = timeOf(trace.startedAt);
  return {
    id: trace.traceId,
    headers: [
      {
        workflowName: trace.name,
        ...(trace.groupId !== null && { groupId: trace.groupId }),
        metadata: asJson(trace.metadata),
        processor: true,
      },
    ],
    firstSeenUs: startUs,
    lastSeenUs: startUs,
    live: false,
    ended: trace.endedAt !== null,
    sources: ['tracebench'],
    origins: ['live'],
    clockOffsetUs: undefined,
  };
}

function readRow(span: Span): SpanRow {
  const data = asJson(dataOf(span));
  const kind = findKind(data);
  const said = kind.describe(data);
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentId ?? undefined,
    startUs: timeOf(span.startedAt),
    endUs: timeOf(span.endedAt),
    kind: KIND_CODE[kind.kind],
    flags: flagsOf(span, said.triggered),
    name: said.name,
    agent: said.agent,
    target: said.target,
    model: said.model,
    provider: said.provider,
    errorClass: span.error === null ? undefined : classifyMessage(span.error.message),
    callDigest: said.callDigest ?? NO_DIGEST,
    resultDigest: said.resultDigest ?? NO_DIGEST,
    inputTokens: said.usage?.input ?? UNKNOWN_TOKENS,
    outputTokens: said.usage?.output ?? UNKNOWN_TOKENS,
    cachedTokens: said.usage?.cached ?? UNKNOWN_TOKENS,
    cacheWriteTokens: said.usage?.cacheWrite ?? UNKNOWN_TOKENS,
    reasoningTokens: said.usage?.reasoning ?? UNKNOWN_TOKENS,
    totalTokens: said.usage?.total ?? UNKNOWN_TOKENS,
  };
}

/** What is exported, and what live events add to it, under the names that the model reads. */
function dataOf(span: Span): Record<string, unknown> {
  const exported = span.toJSON()?.span_data ?? {};
  const hidden = Object.entries(privateSpanData(span.spanData) ?? {});
  return { ...exported, ...Object.fromEntries(hidden.map(([name, value]) => [name.slice(1), value])) };
}

function flagsOf(span: Span, triggered: boolean | undefined): number {
  return (
    SpanFlag.processor |
    (span.endedAt === null ? 0 : SpanFlag.ended) |
    (span.error === null ? 0 : SpanFlag.error) |
    (span.error?.message.endsWith('(non-fatal)') === true ? SpanFlag.nonFatal : 0) |
    (triggered === undefined ? 0 : SpanFlag.triggeredKnown) |
    (triggered === true ? SpanFlag.triggered : 0)
  );
}

function asJson(value: object): JsonObject {
  const json: unknown = JSON.parse(writeSafeJson(value));
  return isJsonObject(json) ? json : {};
}

function timeOf(text: string | null): number {
  return text === null ? Number.NaN : readIsoUs(text);
}
