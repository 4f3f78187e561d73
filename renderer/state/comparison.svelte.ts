/** Two traces side by side: both asked for when the place says so, and again when one of them has changed. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { Link } from './link.svelte.ts';
import { loadTrace, type LoadedTrace } from './loaded-trace.ts';
import { SpanRecords } from './span-records.svelte.ts';

export type ComparisonState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  /** No such trace. */
  | { readonly kind: 'unknown'; readonly traceId: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'open'; readonly a: LoadedTrace; readonly b: LoadedTrace };

/** Changes of a running trace are waited for so long, and then both are read anew. */
const GATHER_MS = 1000;

export class Comparison {
  view: ComparisonState = $state.raw({ kind: 'none' });
  readonly recordsA: SpanRecords;
  readonly recordsB: SpanRecords;
  readonly #link: Link;
  #ids: readonly [a: string, b: string] | undefined;
  #gathers = false;

  constructor(link: Link) {
    this.#link = link;
    this.recordsA = new SpanRecords(link);
    this.recordsB = new SpanRecords(link);
    link.onOpen(() => {
      if (this.#ids !== undefined) void this.#load(this.#ids);
    });
    link.on('trace.changed', ({ traceId }) => {
      if (this.#ids?.includes(traceId) === true) this.#gather(this.#ids);
    });
  }

  /** Shows two traces, or none. */
  show(ids: readonly [a: string, b: string] | undefined): void {
    if (ids?.[0] === this.#ids?.[0] && ids?.[1] === this.#ids?.[1]) return;
    const last = this.#ids;
    this.#ids = ids;
    for (const traceId of last ?? []) {
      // Where the line is broken the host has forgotten them anyway.
      if (ids?.includes(traceId) !== true)
        this.#link.request('trace.close', { traceId }).catch(() => undefined);
    }
    if (ids === undefined) this.view = { kind: 'none' };
    else {
      this.view = { kind: 'loading' };
      void this.#load(ids);
    }
  }

  #gather(ids: readonly [a: string, b: string]): void {
    if (this.#gathers) return;
    this.#gathers = true;
    setTimeout(() => {
      this.#gathers = false;
      if (this.#ids === ids) void this.#load(ids);
    }, GATHER_MS);
  }

  async #load(ids: readonly [a: string, b: string]): Promise<void> {
    const found = await this.#readBoth(ids).catch((error: unknown) => describeFailure(error));
    if (this.#ids === ids) this.view = found;
  }

  async #readBoth([first, second]: readonly [a: string, b: string]): Promise<ComparisonState> {
    const a = await this.#read(first);
    if (a === undefined) return { kind: 'unknown', traceId: first };
    const b = second === first ? a : await this.#read(second);
    if (b === undefined) return { kind: 'unknown', traceId: second };
    return { kind: 'open', a, b };
  }

  /** Undefined where there is no such trace. */
  async #read(traceId: string): Promise<LoadedTrace | undefined> {
    try {
      const { result, bytes } = await this.#link.request('trace.open', { traceId });
      if (bytes === undefined) throw new RpcError('internal', 'The host sent no spans.');
      return loadTrace(result, bytes);
    } catch (error) {
      if (error instanceof RpcError && error.code === 'unknown-trace') return undefined;
      throw error;
    }
  }
}

function describeFailure(error: unknown): ComparisonState {
  if (error instanceof RpcError && error.code === 'closed') {
    return { kind: 'failed', message: 'The host is away: traces can be compared when it is back.' };
  }
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}
