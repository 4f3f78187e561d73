/** What many traces come to that stand in files alone: their facts are taken as each is looked at. */
import { CorpusFacts, type TraceRows } from '../core/analysis/corpus/corpus-facts.ts';
import { computeCorpusInsights } from '../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusLoops } from '../core/analysis/corpus/corpus-loops.ts';
import { computeCorpusMap } from '../core/analysis/corpus/corpus-map.ts';
import { FactWriter } from '../core/analysis/corpus/trace-facts.ts';
import { finishAggregate } from '../core/analysis/corpus/walk-traces.ts';
import type { PriceBook } from '../core/analysis/cost/price-book.ts';
import type { DurationUs, EpochUs } from '../core/model/time.ts';
import type { TraceSummary } from '../core/model/trace-summary.ts';
import type { CorpusOverview } from '../core/rpc/corpus.ts';
import type { FoldedFiles, FoldedTrace } from '../electron/host/import/fold-files.ts';
import { makeLocalClock } from '../electron/host/query/local-clock.ts';

export class FoldedCorpus {
  readonly #facts = new CorpusFacts();
  readonly #writer: FactWriter;
  readonly #traces: TraceRows[] = [];
  readonly #prices: string;

  constructor(book: PriceBook) {
    this.#writer = new FactWriter(this.#facts, book);
    this.#prices = book.id;
  }

  add(summary: TraceSummary, trace: FoldedTrace): void {
    this.#writer.add({ ...trace, summary });
    const rows = this.#facts.find(summary.id);
    if (rows !== undefined) this.#traces.push(rows);
  }

  /** The query selected them. `openTrace` names the few spans that are examples. */
  describe(query: string, openTrace: FoldedFiles['openTrace']): CorpusOverview {
    const question = { facts: this.#facts, traces: this.#traces, query, prices: this.#prices };
    const identify = rememberOpened(openTrace);
    const clock = makeLocalClock(0);
    const zoneOffsetUs = (us: EpochUs): DurationUs => clock.zoneOffsetUs(us);
    return {
      insights: finishAggregate(computeCorpusInsights(question, { zoneOffsetUs, identify })),
      map: finishAggregate(computeCorpusMap(question)),
      loops: finishAggregate(computeCorpusLoops(question, identify)),
    };
  }
}

/** What stays open at most, in spans. */
const OPEN_SPANS = 1_000_000;

/** Examples often stand in the same few traces, and each is folded anew when it is opened. */
function rememberOpened(openTrace: FoldedFiles['openTrace']): (traceId: string, row: number) => string {
  const open = new Map<string, FoldedTrace>();
  let spans = 0;
  return (traceId, row) => {
    let trace = open.get(traceId);
    if (trace === undefined) {
      trace = openTrace(traceId);
      if (spans > OPEN_SPANS) {
        open.clear();
        spans = 0;
      }
      open.set(traceId, trace);
      spans += trace.spans.length;
    }
    return trace.spans.spanId(row);
  };
}
