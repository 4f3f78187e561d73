/**
 * The facts of the library's traces, made when somebody asks and kept until a trace changes: a second question over
 * the same traces reads no column of the journal. What is kept has a limit; past it those go that were not asked for.
 */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { CorpusFacts, type TraceRows } from '../../../core/analysis/corpus/corpus-facts.ts';
import { FactWriter } from '../../../core/analysis/corpus/trace-facts.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { FoldRoom } from '../../../core/model/fold.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { foldGathered } from '../library/folded-trace.ts';
import { gatherTrace } from '../library/gather-trace.ts';
import type { Library } from '../library/library.ts';

/** About 400 MB. */
export const MAX_KEPT_SPANS = 5_000_000;

/** The query selects more than can be held at once. */
export class TooManySpansError extends Error {
  readonly spans: number;

  constructor(spans: number) {
    super(`${String(spans)} spans are too many at once.`);
    this.spans = spans;
  }
}

export class FactKeeper {
  readonly #library: Library;
  readonly #maxSpans: number;
  #facts = new CorpusFacts();
  #book: PriceBook | undefined;
  #writer: FactWriter | undefined;
  readonly #stopListening: () => void;

  constructor(library: Library, maxSpans = MAX_KEPT_SPANS) {
    this.#library = library;
    this.#maxSpans = maxSpans;
    this.#stopListening = library.onTouched((traceId) => {
      this.#touched.add(traceId);
    });
  }

  /** Traces whose facts hold no more. Dropped when the next question is asked: one may be under way. */
  readonly #touched = new Set<string>();

  get facts(): CorpusFacts {
    return this.#facts;
  }

  stop(): void {
    this.#stopListening();
  }

  /** Brings the facts of these traces up to date by these prices, and returns them; yields how many are done. */
  *bring(summaries: readonly TraceSummary[], book: PriceBook): Generator<number, readonly TraceRows[]> {
    const writer = this.#ready(summaries, book);
    const wanted = summaries.filter(({ id }) => this.#facts.find(id) === undefined);
    // Traces of one segment stand together, so that each is read once.
    const inOrder = wanted
      .map((summary) => ({ summary, segment: this.#library.segmentsOf(summary.id)[0] ?? 0 }))
      .sort((a, b) => a.segment - b.segment);
    let done = summaries.length - inOrder.length;
    const room = new FoldRoom();
    for (const { summary } of inOrder) {
      const spans = this.#fold(summary.id, room);
      if (spans !== undefined) writer.add({ spans, tree: linkSpans(spans), summary });
      yield ++done;
    }
    return summaries.flatMap(({ id }) => this.#facts.find(id) ?? []);
  }

  /** Nothing else is remembered of it: the traces that somebody looks at stay as they are. */
  #fold(traceId: string, room: FoldRoom): SpanTable | undefined {
    const { tables, textAt } = this.#library;
    const segments = this.#library.segmentsOf(traceId);
    const gathered = gatherTrace(traceId, segments, (segment) => tables.get(segment));
    return gathered && foldGathered(gathered, textAt, room);
  }

  #ready(summaries: readonly TraceSummary[], book: PriceBook): FactWriter {
    const spans = summaries.reduce((sum, trace) => sum + trace.spans, 0);
    if (spans > this.#maxSpans) throw new TooManySpansError(spans);
    for (const traceId of this.#touched) this.#facts.drop(traceId);
    this.#touched.clear();
    const missing = summaries.reduce(
      (sum, trace) => (this.#facts.find(trace.id) === undefined ? sum + trace.spans : sum),
      0,
    );
    const isOther = this.#book?.id !== book.id;
    if (this.#writer === undefined || isOther || this.#facts.spanCount + missing > this.#maxSpans) {
      this.#facts = new CorpusFacts();
      this.#book = book;
      this.#writer = new FactWriter(this.#facts, book);
    }
    return this.#writer;
  }
}
