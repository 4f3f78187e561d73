/** The spans of a trace as `show --json` prints them: parents before children, read in parts. */
import type { SpanTree } from '../core/analysis/span-tree.ts';
import { at } from '../core/model/assert.ts';
import { isJsonObject, objectAt, ownAt, type Json, type JsonObject } from '../core/model/json.ts';
import { kindOf, type SpanKind } from '../core/model/span-kind.ts';
import type { SpanTable } from '../core/model/span-table.ts';
import { writeIsoUs } from '../core/model/time.ts';
import type { TraceSource } from '../electron/host/client/trace-source.ts';

/** One span of `spanList`. null = unknown. */
export interface ListedSpan {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: SpanKind;
  readonly name: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly tokens: Readonly<Record<'input' | 'output' | 'cached' | 'reasoning' | 'total', number | null>>;
  /** An estimate in US dollars; null where the span has no cost of its own or it is unknown. */
  readonly costUsd: number | null;
  readonly error: JsonObject | null;
  /** span_data, merged from all reports. */
  readonly data: JsonObject;
}

export interface ListedTrace {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  /** By row, NaN for none. */
  readonly usd: Float64Array;
}

const PART_SPANS = 500;

/** Reads the payloads part by part, so that a trace of any size passes through. */
export async function* readSpanList(
  source: Pick<TraceSource, 'readSpans'>,
  traceId: string,
  { spans, tree, usd }: ListedTrace,
): AsyncGenerator<ListedSpan> {
  const { preorder } = tree;
  for (let from = 0; from < preorder.length; from += PART_SPANS) {
    const rows = [...preorder.subarray(from, from + PART_SPANS)];
    const details = await source.readSpans(
      traceId,
      rows.map((row) => spans.spanId(row)),
    );
    const records = new Map(details.map(({ spanId, record }) => [spanId, record]));
    for (const row of rows) {
      const costUsd = at(usd, row);
      const listed = listSpan(spans, row, records.get(spans.spanId(row)) ?? {});
      yield { ...listed, costUsd: Number.isNaN(costUsd) ? null : costUsd };
    }
  }
}

function listSpan(spans: SpanTable, row: number, record: JsonObject): Omit<ListedSpan, 'costUsd'> {
  const c = spans.columns;
  const startUs = at(c.startUs, row);
  const endUs = at(c.endUs, row);
  const durationUs = endUs - startUs;
  return {
    id: spans.spanId(row),
    parentId: spans.parentId(row) ?? null,
    kind: kindOf(at(c.kind, row)),
    name: spans.name(row),
    startedAt: timeOrNull(startUs),
    endedAt: timeOrNull(endUs),
    durationMs: Number.isNaN(durationUs) ? null : durationUs / 1000,
    agent: spans.text('agent', row) ?? null,
    model: spans.text('model', row) ?? null,
    tokens: {
      input: countOrNull(at(c.inputTokens, row)),
      output: countOrNull(at(c.outputTokens, row)),
      cached: countOrNull(at(c.cachedTokens, row)),
      reasoning: countOrNull(at(c.reasoningTokens, row)),
      total: countOrNull(at(c.totalTokens, row)),
    },
    error: readError(ownAt(record, 'error')),
    data: objectAt(record, 'span_data') ?? {},
  };
}

function timeOrNull(us: number): string | null {
  return Number.isNaN(us) ? null : writeIsoUs(us);
}

function countOrNull(tokens: number): number | null {
  return tokens < 0 ? null : tokens;
}

/** The SDKs write an object; what else a client writes is its message. */
function readError(error: Json | undefined): JsonObject | null {
  if (error === undefined || error === null) return null;
  return isJsonObject(error) ? error : { message: typeof error === 'string' ? error : JSON.stringify(error) };
}
