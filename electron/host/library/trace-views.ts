/**
 * What was worked out of the few traces that were looked at last. Lists, feeds and inspectors ask for the same
 * trace again and again; until it gets records, all of them are answered from one fold.
 */
import type { FoldedTrace } from './folded-trace.ts';
import type { GatheredTrace } from './gather-trace.ts';
import type { SpanReports } from './span-reports.ts';

export interface TraceView {
  readonly gathered: GatheredTrace;
  folded: FoldedTrace | undefined;
  reports: SpanReports | undefined;
}

const KEPT_VIEWS = 4;
/** About 200 MB. The view that was used last is kept, however large. */
const KEPT_ROWS = 1_000_000;

export class TraceViews {
  /** In order of use, the longest unused first. */
  readonly #views = new Map<string, TraceView>();

  /** The view of a trace, made where none is kept; undefined where there is nothing to gather. */
  get(traceId: string, gather: () => GatheredTrace | undefined): TraceView | undefined {
    const known = this.#views.get(traceId);
    const gathered = known?.gathered ?? gather();
    if (gathered === undefined) return undefined;
    const view = known ?? { gathered, folded: undefined, reports: undefined };
    this.#views.delete(traceId);
    this.#views.set(traceId, view);
    this.#shrink();
    return view;
  }

  /** Says that the trace has other records than before. */
  forget(traceId: string): void {
    this.#views.delete(traceId);
  }

  #shrink(): void {
    let rows = 0;
    for (const { gathered } of this.#views.values()) rows += gathered.rows.length;
    for (const [traceId, { gathered }] of this.#views) {
      if (this.#views.size <= KEPT_VIEWS && rows <= KEPT_ROWS) break;
      if (this.#views.size === 1) break;
      this.#views.delete(traceId);
      rows -= gathered.rows.length;
    }
  }
}
