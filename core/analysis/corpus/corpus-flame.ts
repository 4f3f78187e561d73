/**
 * The flame graph of many traces: the paths of all their spans laid over each other. Time is as wide as the spans
 * of a path took, or as what stands below it where that ran side by side and took more.
 */
import { at, assertNever } from '../../model/assert.ts';
import { kindOf } from '../../model/span-kind.ts';
import type { CorpusFlame, FlameWeight } from '../../rpc/corpus.ts';
import { FactBit, type CorpusFacts, type TraceRows } from './corpus-facts.ts';
import { describeScope, walkTraces, type Aggregate, type CorpusQuestion } from './walk-traces.ts';

/** Thinner ones are not told, of which there may be as many as there are spans. */
const LEAST_SHARE = 1 / 4000;
const MAX_NODES = 4000;

class PathTallies {
  readonly spans: Float64Array;
  readonly traces: Float64Array;
  readonly errors: Float64Array;
  /** What is said of the spans of a path: their durations, or their own share. */
  readonly said: Float64Array;
  readonly total: Float64Array;
  readonly example: string[] = [];
  readonly #heaviest: Float64Array;
  readonly #lastTrace: Int32Array;
  readonly #inTrace: Float64Array;
  readonly #facts: CorpusFacts;
  readonly #weight: FlameWeight;
  #trace = 0;

  constructor(facts: CorpusFacts, weight: FlameWeight) {
    const { size } = facts.paths;
    this.#facts = facts;
    this.#weight = weight;
    this.spans = new Float64Array(size);
    this.traces = new Float64Array(size);
    this.errors = new Float64Array(size);
    this.said = new Float64Array(size);
    this.total = new Float64Array(size);
    this.#heaviest = new Float64Array(size).fill(-1);
    this.#lastTrace = new Int32Array(size);
    this.#inTrace = new Float64Array(size);
  }

  add({ summary, spans: { from, to } }: TraceRows): void {
    const { path, bits } = this.#facts.spans.columns;
    this.#trace++;
    for (let row = from; row < to; row++) {
      const node = at(path, row);
      const weight = this.#weigh(row);
      this.spans[node] = at(this.spans, node) + 1;
      if ((at(bits, row) & FactBit.error) !== 0) this.errors[node] = at(this.errors, node) + 1;
      this.said[node] = at(this.said, node) + weight;
      if (this.#lastTrace[node] !== this.#trace) {
        this.#lastTrace[node] = this.#trace;
        this.traces[node] = at(this.traces, node) + 1;
        this.#inTrace[node] = 0;
      }
      this.#inTrace[node] = at(this.#inTrace, node) + weight;
      if (at(this.#inTrace, node) <= at(this.#heaviest, node)) continue;
      this.#heaviest[node] = at(this.#inTrace, node);
      this.example[node] = summary.id;
    }
  }

  /** Adds up from below: paths stand behind their parents. */
  settle(): void {
    const { parents } = this.#facts.paths;
    const below = new Float64Array(this.said.length);
    for (let node = this.said.length - 1; node >= 0; node--) {
      const said = at(this.said, node);
      this.total[node] = this.#weight === 'time' ? Math.max(said, at(below, node)) : said + at(below, node);
      const parent = at(parents, node);
      if (parent >= 0) below[parent] = at(below, parent) + at(this.total, node);
    }
  }

  #weigh(row: number): number {
    const spans = this.#facts.spans.columns;
    switch (this.#weight) {
      case 'time':
        return (at(spans.bits, row) & FactBit.samePath) !== 0 ? 0 : at(spans.durationUs, row) || 0;
      case 'self':
        return at(spans.selfUs, row) || 0;
      case 'tokens':
        return Math.max(0, at(spans.inputTokens, row)) + Math.max(0, at(spans.outputTokens, row));
      case 'cost':
        return at(spans.usd, row) || 0;
      default:
        return assertNever(this.#weight);
    }
  }
}

export function* computeCorpusFlame(question: CorpusQuestion, weight: FlameWeight): Aggregate<CorpusFlame> {
  const scope = yield* describeScope(question);
  const tallies = new PathTallies(question.facts, weight);
  yield* walkTraces(question, (trace) => {
    tallies.add(trace);
  });
  tallies.settle();
  yield question.traces.length;
  const { order, parent, left } = chooseNodes(question.facts, tallies);
  const { paths, strings } = question.facts;
  const column = (values: Float64Array): number[] => order.map((node) => at(values, node));
  const total = column(tallies.total);
  const own = total.slice();
  parent.forEach((above, i) => {
    if (above >= 0) own[above] = (own[above] ?? 0) - at(total, i);
  });
  return {
    scope,
    weight,
    parent,
    kind: order.map((node) => (node === 0 ? '' : kindOf(at(paths.kinds, node)))),
    name: order.map((node) => strings.at(at(paths.names, node)) ?? ''),
    spans: column(tallies.spans),
    traces: column(tallies.traces),
    errors: column(tallies.errors),
    total,
    own,
    example: order.map((node) => tallies.example[node] ?? ''),
    left,
  };
}

/** Nodes in the order they are told: parents first, siblings by weight; thin ones are left out with all below them. */
function chooseNodes(
  { paths }: CorpusFacts,
  { total }: PathTallies,
): { readonly order: number[]; readonly parent: number[]; readonly left: number } {
  const least = at(total, 0) * LEAST_SHARE;
  const children = new Map<number, number[]>();
  let weighty = 0;
  for (let node = 1; node < total.length; node++) {
    if (at(total, node) === 0) continue;
    weighty++;
    if (at(total, node) < least) continue;
    const above = at(paths.parents, node);
    const siblings = children.get(above);
    if (siblings === undefined) children.set(above, [node]);
    else siblings.push(node);
  }
  const order = [0];
  const parent = [-1];
  for (let i = 0; i < order.length && order.length < MAX_NODES; i++) {
    const below = children.get(at(order, i)) ?? [];
    for (const child of below.sort((a, b) => at(total, b) - at(total, a))) {
      order.push(child);
      parent.push(i);
    }
  }
  return { order, parent, left: weighty - order.length + 1 };
}
