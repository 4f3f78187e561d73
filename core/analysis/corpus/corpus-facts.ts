/**
 * What the aggregates of many traces are made from: the spans, passages, loops and repeated calls of each trace as
 * columns with shared strings, one stretch a trace. A trace that changed gets a new stretch; the old one is dead
 * until half of all are. 75 bytes a span (`spanBytes`), whatever its payload.
 */
import { at } from '../../model/assert.ts';
import { StringTable } from '../../model/string-table.ts';
import type { TraceSummary } from '../../model/trace-summary.ts';
import { GrowingColumns } from './growing-columns.ts';
import { PathTree } from './path-tree.ts';
import { SpanIds } from './span-ids.ts';

/** Bits of `spans.bits`. */
export const FactBit = {
  error: 1,
  nonFatal: 2,
  triggered: 4,
  /** The span of an agent's run. */
  run: 8,
  /** A run with an error of its own or in what it did itself. */
  runFailed: 16,
  /** A call of a model that is counted: not the same call told by another span below. */
  call: 32,
  /** Its tokens are counted, or would be if it told any. */
  asked: 64,
  /** It belongs to an agent's run: `agent` 0 is then one without a name. */
  inRun: 128,
  /** It has the path of its parent: turns, and what is too deep. */
  samePath: 256,
} as const;

const SPAN_TYPES = {
  startUs: Float64Array,
  /** NaN where unknown. */
  durationUs: Float64Array,
  selfUs: Float64Array,
  /** US dollars; NaN for none. */
  usd: Float64Array,
  name: Uint32Array,
  agent: Uint32Array,
  model: Uint32Array,
  errorClass: Uint32Array,
  callDigest: Uint32Array,
  resultDigest: Uint32Array,
  path: Uint32Array,
  /** Of spans whose tokens are counted; -1: none, or unknown. */
  inputTokens: Int32Array,
  outputTokens: Int32Array,
  cachedTokens: Int32Array,
  bits: Uint16Array,
  kind: Uint8Array,
} as const;

const PASSAGE_TYPES = {
  /** To the end of the first answer of the agent that was reached; NaN where unknown. */
  answerUs: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  /** 0: handoff, 1: call. */
  kind: Uint8Array,
  failed: Uint8Array,
  /** A handoff span says both names, so that a query for the handoff finds it. */
  isTold: Uint8Array,
  /** 1 where the agent that was reached has no run. */
  isUnrun: Uint8Array,
} as const;

const LOOP_TYPES = {
  extraUs: Float64Array,
  extraUsd: Float64Array,
  /** Code of the names of its agents, a line each. */
  loop: Uint32Array,
  rounds: Uint32Array,
  pricedCalls: Uint32Array,
  unpricedCalls: Uint32Array,
} as const;

const REPEAT_TYPES = {
  extraUs: Float64Array,
  tool: Uint32Array,
  agent: Uint32Array,
  inRun: Uint8Array,
  calls: Uint32Array,
  /** The first of the calls, counted from the trace's first span. */
  row: Uint32Array,
} as const;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface TraceRows {
  readonly summary: TraceSummary;
  readonly spans: Stretch;
  readonly passages: Stretch;
  readonly loops: Stretch;
  readonly repeats: Stretch;
}

/** What is not worth being taken out. */
const FEW_DEAD_ROWS = 20_000;

export class CorpusFacts {
  readonly strings = new StringTable();
  readonly paths = new PathTree();
  readonly spanIds = new SpanIds();
  readonly spans = new GrowingColumns(SPAN_TYPES);
  readonly passages = new GrowingColumns(PASSAGE_TYPES);
  readonly loops = new GrowingColumns(LOOP_TYPES);
  readonly repeats = new GrowingColumns(REPEAT_TYPES);
  readonly #traces = new Map<string, TraceRows>();
  #live = 0;

  get spanBytes(): number {
    return this.spans.rowBytes;
  }

  /** Spans of traces that are there. */
  get spanCount(): number {
    return this.#live;
  }

  get traceCount(): number {
    return this.#traces.size;
  }

  find(traceId: string): TraceRows | undefined {
    return this.#traces.get(traceId);
  }

  /** Takes the stretches of a trace in place of those it had. */
  put(rows: TraceRows): void {
    this.drop(rows.summary.id);
    this.#traces.set(rows.summary.id, rows);
    this.#live += rows.spans.to - rows.spans.from;
    if (this.spans.length - this.#live > Math.max(FEW_DEAD_ROWS, this.#live)) this.#takeOutDead();
  }

  drop(traceId: string): void {
    const known = this.#traces.get(traceId);
    if (known === undefined) return;
    this.#traces.delete(traceId);
    this.spanIds.drop(traceId);
    this.#live -= known.spans.to - known.spans.from;
  }

  #takeOutDead(): void {
    const all = [...this.#traces.values()];
    const parts = ['spans', 'passages', 'loops', 'repeats'] as const;
    const moved = parts.map((part) => {
      this[part].keep(all.map((rows) => rows[part]));
      let next = 0;
      return all.map((rows) => ({ from: next, to: (next += rows[part].to - rows[part].from) }));
    });
    const [spans = [], passages = [], loops = [], repeats = []] = moved;
    all.forEach(({ summary }, i) => {
      this.#traces.set(summary.id, {
        summary,
        spans: at(spans, i),
        passages: at(passages, i),
        loops: at(loops, i),
        repeats: at(repeats, i),
      });
    });
  }
}
