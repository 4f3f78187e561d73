/** What traces would cost under another model or another share of the cache, trace by trace. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { WhatIfTally, type WhatIfRule } from '../../../core/analysis/cost/what-if.ts';
import type { WhatIf, WhatIfWish } from '../../../core/rpc/costs.ts';
import type { PricedTrace } from './known-cost.ts';

/** Yields how many traces are done; `open` gives undefined for one that is gone. */
export function* askWhatIf<Id>(
  traces: readonly Id[],
  open: (trace: Id) => PricedTrace | undefined,
  wish: WhatIfWish,
  book: PriceBook,
): Generator<number, WhatIf> {
  const tally = new WhatIfTally(readRule(wish), book);
  let done = 0;
  for (const each of traces) {
    const trace = open(each);
    if (trace !== undefined) tally.add(trace.spans, trace.tree);
    yield ++done;
  }
  return tellWhatIf(tally, book);
}

function readRule({ models, cacheHitRate }: WhatIfWish): WhatIfRule {
  return {
    models: models.map(({ from, to, provider }) => ({
      from: from ?? undefined,
      to,
      provider: provider ?? undefined,
    })),
    cacheHitRate: cacheHitRate ?? undefined,
  };
}

function tellWhatIf(tally: WhatIfTally, { id: prices }: PriceBook): WhatIf {
  const rows = tally.sums;
  return {
    traces: tally.traces,
    calls: rows.reduce((sum, { calls }) => sum + calls, 0),
    oldUsd: rows.reduce((sum, { oldUsd }) => sum + oldUsd, 0),
    newUsd: rows.reduce((sum, { newUsd }) => sum + newUsd, 0),
    rows,
    unpriced: tally.leftOut.map(({ model, ...rest }) => ({ model: model ?? null, ...rest })),
    prices,
  };
}
