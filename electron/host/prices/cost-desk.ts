/**
 * Answers what traces cost and would cost, in slices, and notices when the user's own prices change: whoever shows a
 * figure is told, so that it is known as stale and reckoned anew.
 */
import { unwatchFile, watchFile } from 'node:fs';
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { FoldRoom } from '../../../core/model/fold.ts';
import type { Clock } from '../../../core/model/time.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { CostProgress, TraceCost, WhatIf, WhatIfWish } from '../../../core/rpc/costs.ts';
import type { PricesState } from '../../../core/rpc/prices.ts';
import { chooseTraces } from '../corpus/choose-traces.ts';
import { BadQueryError, CancelledError } from '../corpus/corpus-desk.ts';
import { runSlices } from '../corpus/run-slices.ts';
import type { Library } from '../library/library.ts';
import { makeLocalClock } from '../query/local-clock.ts';
import { reportBug } from '../report-bug.ts';
import { askWhatIf } from './ask-what-if.ts';
import { listCosts } from './list-costs.ts';
import { openAlone } from './open-alone.ts';
import { snapshotBook } from './snapshot-book.ts';

export interface CostDeskParts {
  readonly library: Library;
  readonly clock: Clock;
  readonly readPrices: () => Promise<PricesState>;
}

const LOOK_EVERY_MS = 1000;
const NEVER = new AbortController().signal;

export class CostDesk {
  readonly #parts: CostDeskParts;
  readonly #runs = new Map<string, AbortController>();
  readonly #listeners = new Set<(prices: string) => void>();
  #known: { readonly ownId: string; readonly book: PriceBook } | undefined;
  #watched: string | undefined;

  constructor(parts: CostDeskParts) {
    this.#parts = parts;
  }

  /** What a page gets to reckon by itself. */
  get readPrices(): () => Promise<PricesState> {
    return this.#parts.readPrices;
  }

  /** As they were last read: those of the build until the first time. */
  get book(): PriceBook {
    return this.#known?.book ?? snapshotBook();
  }

  /** The prices as they are now; who listens is told where they are others than before. */
  async openBook(): Promise<PriceBook> {
    const prices = await this.#parts.readPrices();
    const known = this.#known;
    if (known?.ownId === prices.ownId) return known.book;
    const book = openPriceBook(prices);
    this.#known = { ownId: prices.ownId, book };
    if (known !== undefined) for (const listener of this.#listeners) listener(book.id);
    return book;
  }

  /** In the order of the ids; null: no such trace. */
  async list(traceIds: readonly string[]): Promise<{
    readonly prices: string;
    readonly costs: readonly (TraceCost | null)[];
  }> {
    const book = await this.openBook();
    const work = listCosts(this.#parts.library, traceIds, book);
    return {
      prices: book.id,
      costs: await runSlices(work, { signal: NEVER, onProgress: () => undefined }),
    };
  }

  /** Rejects with BadQueryError or CancelledError. */
  async whatIf(
    runId: string,
    query: string,
    wish: WhatIfWish,
    onProgress: (progress: CostProgress) => void,
  ): Promise<WhatIf> {
    const parsed = parseQuery(query);
    if (parsed.kind === 'fault') throw new BadQueryError(parsed.fault.message);
    this.cancel(runId);
    const run = new AbortController();
    this.#runs.set(runId, run);
    const { library, clock } = this.#parts;
    try {
      const book = await this.openBook();
      const inSlices = <T>(work: Generator<number, T>, total: number): Promise<T> =>
        runSlices(work, {
          signal: run.signal,
          onProgress: (done) => {
            onProgress({ runId, done, total });
          },
        });
      const choosing = chooseTraces(library, parsed.tree, makeLocalClock(clock()), book);
      const chosen = await inSlices(choosing, library.traceCount);
      const room = new FoldRoom();
      const work = askWhatIf(chosen, ({ id }) => openAlone(library, id, room), wish, book);
      return await inSlices(work, chosen.length);
    } finally {
      if (this.#runs.get(runId) === run) this.#runs.delete(runId);
    }
  }

  cancel(runId: string): void {
    this.#runs.get(runId)?.abort(new CancelledError());
    this.#runs.delete(runId);
  }

  /** Looks at the user's own file now and then; until `stop`. */
  watch(path: string): void {
    this.#watched = path;
    watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, () => {
      this.openBook().catch(reportBug);
    });
    this.openBook().catch(reportBug);
  }

  /** Returns how to stop being told. */
  onPrices(listener: (prices: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    if (this.#watched !== undefined) unwatchFile(this.#watched);
    for (const runId of [...this.#runs.keys()]) this.cancel(runId);
  }
}
