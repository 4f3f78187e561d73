/** The full record of the span that is looked at. Kept in sight while a newer copy of it is fetched. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';

export type InspectionView =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly detail: SpanDetail };

export class SpanInspection {
  view: InspectionView = $state.raw({ kind: 'none' });
  readonly #link: Link;
  #key = '';
  #spanId = '';

  constructor(link: Link) {
    this.#link = link;
  }

  /** Looks at a span; `version` tells its copies apart, so that a changed span is read again. */
  show(traceId: string, spanId: string | undefined, version: number): void {
    const key = spanId === undefined ? '' : `${traceId}\n${spanId}\n${String(version)}`;
    if (key === this.#key) return;
    this.#key = key;
    if (spanId === undefined) {
      this.view = { kind: 'none' };
    } else {
      if (spanId !== this.#spanId || this.view.kind !== 'ready') this.view = { kind: 'loading' };
      void this.#load(key, traceId, spanId);
    }
    this.#spanId = spanId ?? '';
  }

  async #load(key: string, traceId: string, spanId: string): Promise<void> {
    try {
      const { result } = await this.#link.request('span.get', { traceId, spanIds: [spanId] });
      if (key !== this.#key) return;
      const [detail] = result.spans;
      this.view = detail === undefined ? { kind: 'missing' } : { kind: 'ready', detail };
    } catch (error) {
      if (key !== this.#key) return;
      // Asked again once the line is back: the trace is loaded anew then.
      if (error instanceof RpcError && error.code === 'closed') this.#key = '';
      this.view = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
