/** Random traces as models, for properties: nested, overlapping, empty, open and failed spans with few names. */
import fc from 'fast-check';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { KIND_CODE, SPAN_KINDS } from '../../../../core/model/span-kind.ts';
import { SpanFlag } from '../../../../core/model/span-row.ts';
import { SpanTable } from '../../../../core/model/span-table.ts';
import { buildFlameModel, type FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { NO_ADDRESS, plainEntry } from './plain-rows.ts';

export interface RandomSpan {
  /** Which of the spans before is the parent, as a share of them; undefined: none. */
  readonly parent: number | undefined;
  readonly start: number;
  readonly length: number;
  readonly name: string;
  readonly kind: number;
  readonly error: boolean;
  readonly open: boolean;
}

const span: fc.Arbitrary<RandomSpan> = fc.record({
  parent: fc.option(fc.double({ min: 0, max: 0.999, noNaN: true }), { nil: undefined, freq: 8 }),
  start: fc.integer({ min: 0, max: 1000 }),
  length: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  name: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom(KIND_CODE.agent, KIND_CODE.function, KIND_CODE.generation),
  error: fc.boolean(),
  open: fc.boolean(),
});

export const randomSpans = fc.array(span, { minLength: 1, maxLength: 60 });

export function modelOf(spans: readonly RandomSpan[], withOpen = true): FlameModel {
  const table = new SpanTable();
  const trace = table.mergeTrace(plainEntry('trace'));
  spans.forEach((each, i) => {
    const above = each.parent === undefined || i === 0 ? undefined : Math.floor(each.parent * i);
    const open = withOpen && each.open;
    table.append(
      {
        traceId: 'trace',
        spanId: `s${String(i)}`,
        parentId: above === undefined ? undefined : `s${String(above)}`,
        startUs: 1_000_000 + each.start,
        endUs: open ? Number.NaN : 1_000_000 + each.start + each.length,
        kind: each.kind % SPAN_KINDS.length,
        flags: (open ? 0 : SpanFlag.ended) | (each.error ? SpanFlag.error : 0),
        name: each.name,
        agent: undefined,
        target: undefined,
        model: undefined,
        provider: undefined,
        errorClass: undefined,
        callDigest: 0,
        resultDigest: 0,
        inputTokens: -1,
        outputTokens: -1,
        cachedTokens: -1,
        cacheWriteTokens: -1,
        reasoningTokens: -1,
        totalTokens: -1,
      },
      trace,
      NO_ADDRESS,
    );
  });
  return buildFlameModel(table, linkSpans(table));
}
