/** Random traces for property tests: any tree, orphans and cycles among them, hostile times, usage on any kind. */
import fc from 'fast-check';

import { foldSpans } from '../../core/model/fold.ts';
import type { Json, JsonObject } from '../../core/model/json.ts';
import type { SpanTable } from '../../core/model/span-table.ts';
import { writeIsoUs } from '../../core/model/time.ts';
import { tableOfRecords } from './read-trace-text.ts';
import { DRAWN_START_US } from './trace-text-record.ts';

const KINDS = ['agent', 'generation', 'response', 'function', 'guardrail', 'handoff', 'mcp_tools', 'task'];
const OTHER_KINDS = ['turn', 'transcription', 'speech', 'speech_group', 'custom', 'of-a-later-version'];

const count = fc.option(fc.nat(50), { nil: undefined });
const usage = fc.option(fc.record({ input: count, output: count, cached: count, total: count }), {
  nil: undefined,
});

const time = fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.constant(undefined) });

const span = fc.record({
  kind: fc.constantFrom(...KINDS, ...OTHER_KINDS),
  /** Of whom it is a child: a place counted from the first span; outside of the trace it is an orphan. */
  parent: fc.option(fc.nat(14), { nil: undefined }),
  startUs: time,
  endUs: time,
  usage,
});

/** The records of one trace of up to `maxLength` spans, in the shape that the SDK's exporter sends. */
export function arbitraryRecords(maxLength = 12): fc.Arbitrary<readonly JsonObject[]> {
  return fc.array(span, { maxLength }).map((spans) =>
    spans.map(({ kind, parent, startUs, endUs, usage: told }, i) => ({
      object: 'trace.span',
      id: `s${String(i)}`,
      trace_id: 't1',
      parent_id: parent === undefined ? null : `s${String(parent)}`,
      started_at: isoOf(startUs),
      ended_at: isoOf(endUs),
      span_data: dataOf(kind, told),
      error: null,
    })),
  );
}

/** One row a span, as analyses take them. */
export function foldRecords(records: readonly JsonObject[]): SpanTable {
  const { table, rows, compare } = tableOfRecords(records);
  return foldSpans(table, rows, compare);
}

/** A folded random trace. */
export function arbitraryTrace(maxLength?: number): fc.Arbitrary<SpanTable> {
  return arbitraryRecords(maxLength).map(foldRecords);
}

function isoOf(us: number | undefined): string | null {
  return us === undefined ? null : writeIsoUs(DRAWN_START_US + us);
}

type Told = { input?: number; output?: number; cached?: number; total?: number } | undefined;

function dataOf(kind: string, told: { [Key in keyof NonNullable<Told>]: number | undefined } | undefined) {
  const counts: [string, Json | undefined][] = [
    ['input_tokens', told?.input],
    ['output_tokens', told?.output],
    ['cached_tokens', told?.cached],
    ['total_tokens', told?.total],
  ];
  const known = Object.fromEntries(counts.filter(([, value]) => value !== undefined));
  const field = told === undefined ? {} : { usage: known as JsonObject };
  if (kind !== 'task' && kind !== 'turn') return { type: kind, name: kind, ...field };
  return { type: 'custom', name: kind, data: { sdk_span_type: kind, name: kind, ...field } };
}
