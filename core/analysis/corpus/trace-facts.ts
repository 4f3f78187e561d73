/** Puts the facts of one folded trace into the columns of them all. Linear in its spans; no payload is read. */
import { at } from '../../model/assert.ts';
import { KIND_CODE, type KindCode } from '../../model/span-kind.ts';
import { SpanFlag } from '../../model/span-row.ts';
import type { SpanTable } from '../../model/span-table.ts';
import type { TraceSummary } from '../../model/trace-summary.ts';
import type { PriceBook } from '../cost/price-book.ts';
import { estimateSpan, findAsked } from '../cost/span-costs.ts';
import { computeHandoffs, type HandoffStory } from '../handoffs.ts';
import { computeSelfTimes } from '../self-times.ts';
import type { SpanTree } from '../span-tree.ts';
import { findUsageLeaves, isModelCall } from '../usage-leaves.ts';
import { FactBit, type CorpusFacts, type Stretch } from './corpus-facts.ts';
import { findRepeats } from './find-repeats.ts';
import { StringCodes } from './string-codes.ts';
import { addLoops, addPassages } from './story-facts.ts';

export interface FactSource {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  readonly summary: TraceSummary;
}

export class FactWriter {
  readonly #facts: CorpusFacts;
  readonly #book: PriceBook;
  readonly #codes: StringCodes;

  constructor(facts: CorpusFacts, book: PriceBook) {
    this.#facts = facts;
    this.#book = book;
    this.#codes = new StringCodes(facts.strings);
  }

  /** Adds a trace, or puts it in place of what was known of it. */
  add(source: FactSource): void {
    const { spans, tree, summary } = source;
    const story = computeHandoffs(spans, tree);
    const own = this.#addSpans(source, story);
    const parts = { facts: this.#facts, codes: this.#codes.of(spans.strings), spans, story, first: own.from };
    this.#facts.put({
      summary,
      spans: own,
      passages: addPassages(parts),
      loops: addLoops(parts),
      repeats: this.#addRepeats(spans, own.from),
    });
    // What is dead may have been taken out, and the rest have moved up.
    this.#keepIds(spans, summary.id, this.#facts.find(summary.id)?.spans.from ?? own.from);
  }

  /** Behind `put`, which forgets what was known of the trace. */
  #keepIds(spans: SpanTable, traceId: string, from: number): void {
    const { spanIds } = this.#facts;
    const { selfUs } = this.#facts.spans.columns;
    for (let row = 0; row < spans.length; row++) {
      const own = at(selfUs, from + row);
      if (own > 0 && spanIds.takes(own)) spanIds.add(traceId, row, own, spans.spanId(row));
    }
  }

  #addSpans({ spans, tree }: FactSource, story: HandoffStory): Stretch {
    const from = this.#facts.spans.add(spans.length);
    const into = this.#facts.spans.columns;
    const { columns } = spans;
    const code = this.#codes.of(spans.strings);
    const selfUs = computeSelfTimes(spans, tree, Number.NaN);
    const leaves = findUsageLeaves(spans, tree);
    const asked = findAsked(spans, tree, leaves);
    for (let row = 0; row < spans.length; row++) {
      const i = from + row;
      const [start, end, bits] = [at(columns.startUs, row), at(columns.endUs, row), at(columns.flags, row)];
      into.startUs[i] = start;
      into.durationUs[i] = (bits & SpanFlag.ended) === 0 ? Number.NaN : Math.max(0, end - start);
      into.selfUs[i] = at(selfUs, row);
      into.kind[i] = at(columns.kind, row);
      into.name[i] = this.#nameOf(spans, row, code);
      into.model[i] = code(at(columns.model, row));
      into.errorClass[i] = code(at(columns.errorClass, row));
      into.callDigest[i] = at(columns.callDigest, row);
      into.resultDigest[i] = at(columns.resultDigest, row);
      const visit = at(story.visitOf, row);
      if (visit >= 0) into.agent[i] = code(at(story.visits, visit).name);
      into.bits[i] = bitsOf(bits, at(columns.kind, row), asked[row] === 1, visit >= 0);
      const counts = leaves[row] === 1;
      into.inputTokens[i] = counts ? at(columns.inputTokens, row) : -1;
      into.outputTokens[i] = counts ? at(columns.outputTokens, row) : -1;
      into.cachedTokens[i] = counts ? at(columns.cachedTokens, row) : -1;
      into.usd[i] = asked[row] === 1 ? this.#costOf(spans, row) : Number.NaN;
    }
    this.#markRuns(story, from);
    this.#addPaths(tree, from);
    return { from, to: from + spans.length };
  }

  /** What a person calls the span; turns are told by their number, which says nothing of many traces. */
  #nameOf(spans: SpanTable, row: number, code: (code: number) => number): number {
    const own = at(spans.columns.name, row);
    if (own !== 0) return code(own);
    return this.#facts.strings.add(spans.name(row));
  }

  #costOf(spans: SpanTable, row: number): number {
    const cost = estimateSpan(spans, row, this.#book);
    return typeof cost === 'string' ? Number.NaN : cost.usd;
  }

  #markRuns({ visits }: HandoffStory, from: number): void {
    const { bits } = this.#facts.spans.columns;
    for (const { row, errors } of visits) {
      bits[from + row] = at(bits, from + row) | FactBit.run | (errors > 0 ? FactBit.runFailed : 0);
    }
  }

  #addPaths(tree: SpanTree, from: number): void {
    const { paths } = this.#facts;
    const { path, kind, name, bits } = this.#facts.spans.columns;
    for (const row of tree.preorder) {
      const i = from + row;
      const parent = at(tree.parent, row);
      const above = parent < 0 ? 0 : at(path, from + parent);
      const own = kind[i] === KIND_CODE.turn ? above : paths.below(above, at(kind, i), at(name, i));
      path[i] = own;
      if (own === above) bits[i] = at(bits, i) | FactBit.samePath;
    }
  }

  #addRepeats(spans: SpanTable, first: number): Stretch {
    const found = findRepeats(spans);
    const from = this.#facts.repeats.add(found.length);
    const into = this.#facts.repeats.columns;
    const facts = this.#facts.spans.columns;
    found.forEach((rows, n) => {
      const [row = 0, ...others] = rows;
      into.tool[from + n] = at(facts.name, first + row);
      into.agent[from + n] = at(facts.agent, first + row);
      into.inRun[from + n] = Number((at(facts.bits, first + row) & FactBit.inRun) !== 0);
      into.calls[from + n] = rows.length;
      into.extraUs[from + n] = others.reduce(
        (sum, each) => sum + (at(facts.durationUs, first + each) || 0),
        0,
      );
      into.row[from + n] = row;
    });
    return { from, to: from + found.length };
  }
}

function bitsOf(flags: number, kind: KindCode, isAsked: boolean, isInRun: boolean): number {
  return (
    (flags & SpanFlag.error ? FactBit.error : 0) |
    (flags & SpanFlag.nonFatal ? FactBit.nonFatal : 0) |
    (flags & SpanFlag.triggered ? FactBit.triggered : 0) |
    (isAsked ? FactBit.asked : 0) |
    (isAsked && isModelCall(kind) ? FactBit.call : 0) |
    (isInRun ? FactBit.inRun : 0)
  );
}
