/** The full record of the span that is looked at. Kept in sight while a newer copy of it is fetched. */
import type { SpanDetail } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';
import type { LoadedTrace } from './loaded-trace.ts';
import type { OpenTraceState } from './open-trace.svelte.ts';

export type InspectionView =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly detail: SpanDetail };

/** Between two reads of one span, so many times what the last one took: a payload may be large. */
const REST_FACTOR = 3;

export class SpanInspection {
  view: InspectionView = $state.raw({ kind: 'none' });
  readonly #link: Link;
  #traceId = '';
  #spanId: string | undefined;
  /** The trace as it was when the span was last asked for. */
  #seen: LoadedTrace | undefined;
  #newest: LoadedTrace | undefined;
  #reading: symbol | undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  /**
   * Looks at a span of the open trace. It is read again whenever the trace was told anew: a report that
   * changes no column may still fill a field of the record.
   */
  look(view: OpenTraceState, spanId: string | undefined): void {
    const trace = view.kind === 'open' && !view.trace.sketch ? view.trace : undefined;
    const wanted = trace === undefined ? undefined : spanId;
    const traceId = view.kind === 'open' ? view.traceId : '';
    this.#newest = trace;
    if (wanted === undefined || traceId !== this.#traceId || wanted !== this.#spanId) {
      this.#reading = undefined;
      this.#seen = undefined;
      this.view = { kind: wanted === undefined ? 'none' : 'loading' };
    }
    this.#traceId = traceId;
    this.#spanId = wanted;
    if (this.#reading === undefined && this.#newest !== this.#seen) void this.#readOn();
  }

  /** The record of another span of the trace; undefined where it cannot be had just now. */
  async readOther(spanId: string): Promise<SpanDetail | undefined> {
    const view = await this.#read(this.#traceId, spanId);
    return view.kind === 'ready' ? view.detail : undefined;
  }

  /** Reads until what is in sight is as new as the trace; one read at a time. */
  async #readOn(): Promise<void> {
    const turn = (this.#reading = Symbol('reading'));
    while (turn === this.#reading && this.#spanId !== undefined && this.#newest !== this.#seen) {
      this.#seen = this.#newest;
      const startMs = performance.now();
      const view = await this.#read(this.#traceId, this.#spanId);
      if (turn !== this.#reading) return;
      this.#show(view);
      await rest((performance.now() - startMs) * REST_FACTOR);
    }
    if (turn === this.#reading) this.#reading = undefined;
  }

  async #read(traceId: string, spanId: string): Promise<InspectionView> {
    try {
      const { result } = await this.#link.request('span.get', { traceId, spanIds: [spanId] });
      const [detail] = result.spans;
      return detail === undefined ? { kind: 'missing' } : { kind: 'ready', detail };
    } catch (error) {
      // After a break of the line the trace is loaded anew, and with it the span is asked for again.
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #show(view: InspectionView): void {
    const before = this.view;
    const same =
      before.kind === 'ready' &&
      view.kind === 'ready' &&
      before.detail.reports === view.detail.reports &&
      before.detail.diagnostics.length === view.detail.diagnostics.length;
    if (!same) this.view = view;
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
