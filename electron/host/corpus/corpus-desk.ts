/**
 * Answers questions over many traces: chooses them by the query, brings their facts up to date and counts. One
 * question at a time, in slices: the others wait, and each can be stopped by its id.
 */
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { Aggregate, CorpusQuestion } from '../../../core/analysis/corpus/walk-traces.ts';
import type { Clock } from '../../../core/model/time.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { QueryClock, QueryNode } from '../../../core/query/query-tree.ts';
import type { CorpusParams, CorpusProgress, CorpusScope } from '../../../core/rpc/corpus.ts';
import type { PricesState } from '../../../core/rpc/prices.ts';
import type { Library } from '../library/library.ts';
import { makeLocalClock } from '../query/local-clock.ts';
import { chooseTraces } from './choose-traces.ts';
import { FactKeeper } from './fact-keeper.ts';
import { runSlices } from './run-slices.ts';

export interface CorpusDeskParts {
  readonly library: Library;
  readonly clock: Clock;
  readonly readPrices: () => Promise<PricesState>;
}

/** The query cannot be read. */
export class BadQueryError extends Error {}

/** Somebody stopped it, or asked anew under the same id. */
export class CancelledError extends Error {
  constructor() {
    super('It was stopped.');
  }
}

/** Makes the aggregate of a question; `identify` finds the id of a span by its trace and row. */
export type AskCorpus<Result> = (question: CorpusQuestion, parts: AskParts) => Aggregate<Result>;

export interface AskParts {
  readonly identify: (traceId: string, row: number) => string;
  readonly zoneOffsetUs: QueryClock['zoneOffsetUs'];
}

interface Wish<Result> {
  readonly runId: string;
  readonly query: string;
  readonly tree: QueryNode;
  readonly ask: AskCorpus<Result>;
  readonly onProgress: (progress: CorpusProgress) => void;
  readonly signal: AbortSignal;
}

export class CorpusDesk {
  readonly #parts: CorpusDeskParts;
  readonly #runs = new Map<string, AbortController>();
  #keeper: FactKeeper | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #book: { readonly ownId: string; readonly book: PriceBook } | undefined;

  constructor(parts: CorpusDeskParts) {
    this.#parts = parts;
  }

  /** Rejects with BadQueryError, CancelledError or TooManySpansError. */
  async ask<Result extends { readonly scope: CorpusScope }>(
    { runId, query }: CorpusParams,
    ask: AskCorpus<Result>,
    onProgress: (progress: CorpusProgress) => void,
  ): Promise<Result> {
    const parsed = parseQuery(query);
    if (parsed.kind === 'fault') {
      const { message, from } = parsed.fault;
      throw new BadQueryError(`${message} (at character ${String(from + 1)})`);
    }
    this.cancel(runId);
    const run = new AbortController();
    this.#runs.set(runId, run);
    const before = this.#last;
    const answer = before.then(() =>
      this.#run({ runId, query, tree: parsed.tree, ask, onProgress, signal: run.signal }),
    );
    // The next one waits for this one, whatever becomes of it.
    this.#last = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      if (this.#runs.get(runId) === run) this.#runs.delete(runId);
    }
  }

  /** What is kept of a span, while anything is. */
  get bytesPerSpan(): number {
    return this.#keeper?.facts.spanBytes ?? 0;
  }

  cancel(runId: string): void {
    this.#runs.get(runId)?.abort(new CancelledError());
    this.#runs.delete(runId);
  }

  /** Stops all that runs. */
  stop(): void {
    for (const runId of [...this.#runs.keys()]) this.cancel(runId);
    this.#keeper?.stop();
    this.#keeper = undefined;
  }

  async #run<Result extends { readonly scope: CorpusScope }>(wish: Wish<Result>): Promise<Result> {
    const { runId, query, tree, ask, onProgress, signal } = wish;
    signal.throwIfAborted();
    const beganMs = performance.now();
    const { library, clock } = this.#parts;
    const keeper = (this.#keeper ??= new FactKeeper(library));
    const book = await this.#openBook();
    const progress = (step: CorpusProgress['step'], total: number) => (done: number) => {
      onProgress({ runId, step, done, total });
    };
    const queryClock = makeLocalClock(clock());
    const inSlices = <T>(work: Generator<number, T>, tell: (done: number) => void): Promise<T> =>
      runSlices(work, { signal, onProgress: tell });
    const choosing = chooseTraces(library, tree, queryClock, book);
    const chosen = await inSlices(choosing, progress('reading', library.traceCount));
    const traces = await inSlices(keeper.bring(chosen, book), progress('reading', chosen.length));
    const question = { facts: keeper.facts, traces, query, prices: book.id };
    const { spanIds } = keeper.facts;
    const identify = (traceId: string, row: number): string =>
      spanIds.find(traceId, row, () => findSpanId(library, traceId, row));
    const counting = ask(question, { identify, zoneOffsetUs: (us) => queryClock.zoneOffsetUs(us) });
    const result = await inSlices(counting, progress('counting', traces.length));
    return { ...result, scope: { ...result.scope, tookMs: performance.now() - beganMs } };
  }

  /** Read anew each time, parsed when it is another. */
  async #openBook(): Promise<PriceBook> {
    const prices = await this.#parts.readPrices();
    if (this.#book?.ownId !== prices.ownId) this.#book = { ownId: prices.ownId, book: openPriceBook(prices) };
    return this.#book.book;
  }
}

function findSpanId(library: Library, traceId: string, row: number): string {
  const spans = library.findTrace(traceId)?.spans;
  return spans !== undefined && row < spans.length ? spans.spanId(row) : '';
}
