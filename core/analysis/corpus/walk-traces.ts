/**
 * Goes over the traces that were asked for, one after the other, and lets whoever drives it pause: it yields how
 * many are done. An aggregate is such a generator whose end is its result.
 */
import type { CorpusScope } from '../../rpc/corpus.ts';
import { at } from '../../model/assert.ts';
import { FactBit, type CorpusFacts, type TraceRows } from './corpus-facts.ts';
import { ReachQueries } from './reach-query.ts';

export interface CorpusQuestion {
  readonly facts: CorpusFacts;
  readonly traces: readonly TraceRows[];
  /** What selected them. */
  readonly query: string;
  /** Of the prices (`PriceBook.id`). */
  readonly prices: string;
}

export type Aggregate<Result> = Generator<number, Result>;

/** About a millisecond of work. */
const SLICE_SPANS = 10_000;

export function* walkTraces(
  { traces }: CorpusQuestion,
  visit: (trace: TraceRows) => void,
): Generator<number, void> {
  let spans = 0;
  let done = 0;
  for (const trace of traces) {
    visit(trace);
    done++;
    spans += trace.spans.to - trace.spans.from + 1;
    if (spans < SLICE_SPANS) continue;
    spans = 0;
    yield done;
  }
}

/** What was looked at; the host adds how long it took. */
export function* describeScope(question: CorpusQuestion): Aggregate<CorpusScope> {
  const { facts, traces, prices } = question;
  const unpriced = new Map<number, number>();
  let [spans, errors] = [0, 0];
  yield* walkTraces(question, ({ spans: { from, to } }) => {
    const { bits, usd, model } = facts.spans.columns;
    spans += to - from;
    for (let row = from; row < to; row++) {
      if ((at(bits, row) & FactBit.error) !== 0) errors++;
      if ((at(bits, row) & FactBit.asked) === 0 || !Number.isNaN(at(usd, row))) continue;
      unpriced.set(at(model, row), (unpriced.get(at(model, row)) ?? 0) + 1);
    }
  });
  const models = [...unpriced].map(([code, calls]) => ({ model: facts.strings.at(code) ?? null, calls }));
  models.sort((a, b) => b.calls - a.calls);
  return { traces: traces.length, spans, errors, prices, unpriced: models, tookMs: 0 };
}

export function reachQueries({ query }: CorpusQuestion): ReachQueries {
  return new ReachQueries(query);
}

/** Runs an aggregate to its end at once. */
export function finishAggregate<Result>(aggregate: Aggregate<Result>): Result {
  for (;;) {
    const step = aggregate.next();
    if (step.done === true) return step.value;
  }
}
