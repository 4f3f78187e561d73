/** The few spans of many traces that took longest by themselves, without what stands below them. */
import { at } from '../../model/assert.ts';
import { kindOf } from '../../model/span-kind.ts';
import type { SlowSpan } from '../../rpc/corpus.ts';
import { Heaviest, type Weighed } from './heaviest.ts';
import { FactBit, type CorpusFacts, type TraceRows } from './corpus-facts.ts';

const HOW_MANY = 50;

/** The id of a span by its trace and its row there. */
export type SpanIdentity = (traceId: string, row: number) => string;

interface Slow extends Weighed {
  readonly trace: TraceRows;
  /** Counted from the first span of the trace. */
  readonly row: number;
}

export class SlowestSpans {
  /** Of equals those of the trace that was looked at first. */
  readonly #slow = new Heaviest<Slow>(HOW_MANY, () => 0);
  readonly #facts: CorpusFacts;

  constructor(facts: CorpusFacts) {
    this.#facts = facts;
  }

  add(trace: TraceRows): void {
    const { selfUs } = this.#facts.spans.columns;
    const { from, to } = trace.spans;
    for (let i = from; i < to; i++) {
      const own = at(selfUs, i);
      if (own > 0 && this.#slow.takes(own)) this.#slow.add({ weight: own, trace, row: i - from });
    }
  }

  describe(identify: SpanIdentity): readonly SlowSpan[] {
    const spans = this.#facts.spans.columns;
    const { strings } = this.#facts;
    return this.#slow.list().map(({ trace, row, weight }) => {
      const i = trace.spans.from + row;
      const isInRun = (at(spans.bits, i) & FactBit.inRun) !== 0;
      return {
        traceId: trace.summary.id,
        spanId: identify(trace.summary.id, row),
        kind: kindOf(at(spans.kind, i)),
        name: strings.at(at(spans.name, i)) ?? '',
        agent: isInRun ? (strings.at(at(spans.agent, i)) ?? '') : null,
        durationUs: at(spans.durationUs, i),
        selfUs: weight,
      };
    });
  }
}
