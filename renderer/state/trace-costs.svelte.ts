/**
 * What the spans of the open trace cost. It is reckoned a moment after the trace is there, so that nobody waits
 * for it, and again when spans or prices change.
 */
import type { PriceBook } from '../../core/analysis/cost/price-book.ts';
import { computeSpanCosts, type SpanCosts } from '../../core/analysis/cost/span-costs.ts';
import type { SpanTable } from '../../core/model/span-table.ts';
import type { LoadedTrace } from './loaded-trace.ts';
import type { Prices } from './prices.svelte.ts';
import { askWorker, isAnsweredAtOnce } from './trace-answer.svelte.ts';

const WAIT_MS = 50;

export class TraceCosts {
  readonly #trace: () => LoadedTrace | undefined;
  readonly #prices: Prices;
  #made: { readonly table: SpanTable; readonly costs: SpanCosts } | undefined = $state.raw();

  /** Made while a component starts: its effects end with it. Without a trace nothing costs anything. */
  constructor(trace: () => LoadedTrace | undefined, prices: Prices) {
    this.#trace = trace;
    this.#prices = prices;
    let timer: ReturnType<typeof setTimeout> | undefined;
    $effect(() => {
      const { book } = prices;
      if (!trace()?.model.count || trace()?.sketch || book === undefined) return;
      // One that waits already will see this change, too.
      timer ??= setTimeout(() => {
        timer = undefined;
        void this.#reckon();
      }, WAIT_MS);
    });
    $effect(() => () => {
      clearTimeout(timer);
    });
  }

  /** Undefined until they have been reckoned. Of spans that came since, nothing is known yet. */
  get current(): SpanCosts | undefined {
    const made = this.#made;
    return made !== undefined && made.table === this.#trace()?.model.table ? made.costs : undefined;
  }

  get book(): PriceBook | undefined {
    return this.#prices.book;
  }

  async #reckon(): Promise<void> {
    const trace = this.#trace();
    const { book, files } = this.#prices;
    if (trace === undefined || trace.sketch || book === undefined || files === undefined) return;
    const { table, tree } = trace.model;
    const costs = isAnsweredAtOnce(trace)
      ? computeSpanCosts(table, tree, book)
      : await askWorker<'costs'>(trace, { name: 'costs', prices: files, priceId: book.id });
    if (this.#trace()?.model.table === table) this.#made = { table, costs };
  }
}
