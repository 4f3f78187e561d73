/** The trace that is open: asked for when the place says so, kept up to date while spans arrive. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import type { TraceOpened } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';
import type { FlameLine } from '../charts/flame/worker/flame-line.ts';
import { expectFlameWidth } from '../charts/flame/expected-width.ts';
import {
  changeTrace,
  changeTraceBy,
  loadTrace,
  loadTraceBy,
  sketchTrace,
  type LoadedTrace,
} from './loaded-trace.ts';

export type OpenTraceState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly traceId: string }
  | { readonly kind: 'unknown'; readonly traceId: string }
  | { readonly kind: 'failed'; readonly traceId: string; readonly message: string }
  | {
      readonly kind: 'open';
      readonly traceId: string;
      readonly trace: LoadedTrace;
      /** From the page's own library, while the host is away. */
      readonly away?: true;
    };

/** Reads a trace out of the page's own library; undefined where it is not there. */
export type ReadAway = (
  traceId: string,
) => Promise<{ readonly summary: TraceSummary; readonly bytes: Uint8Array } | undefined>;

/** Changes are gathered so long, and long enough that laying out a large trace leaves time for the rest. */
const GATHER_MS = 120;
const REST_FACTOR = 3;
/** A page out of sight paints nothing. */
const PAINTED_WITHIN_MS = 400;

export class OpenTrace {
  view: OpenTraceState = $state.raw({ kind: 'none' });
  readonly #link: Link;
  readonly #readAway: ReadAway;
  #traceId: string | undefined;
  #changes: { readonly opened: TraceOpened; readonly bytes: Uint8Array }[] = [];
  #gathers = false;
  /** What the last change cost. */
  #costMs = 0;
  /** The worker lays changes over the trace: further ones wait. */
  #changing = false;
  #line: FlameLine | undefined;

  /** With a `line`, traces are laid out by its worker. */
  constructor(link: Link, readAway: ReadAway = () => Promise.resolve(undefined), line?: FlameLine) {
    this.#link = link;
    this.#readAway = readAway;
    this.#line = line;
    link.onOpen(() => {
      if (this.#traceId !== undefined) void this.#load(this.#traceId);
    });
    link.on('trace.changed', ({ traceId, ...opened }, bytes) => {
      if (traceId !== this.#traceId || bytes === undefined) return;
      this.#changes.push({ opened, bytes });
      this.#gather();
    });
  }

  /** Shows a trace, or none. The last one is let go. */
  show(traceId: string | undefined): void {
    if (traceId === this.#traceId) return;
    const last = this.#traceId;
    this.#traceId = traceId;
    this.#changes = [];
    // Where the line is broken the host has forgotten it anyway.
    if (last !== undefined) this.#link.request('trace.close', { traceId: last }).catch(() => undefined);
    if (traceId === undefined) this.view = { kind: 'none' };
    else void this.#load(traceId);
  }

  async #load(traceId: string): Promise<void> {
    if (this.view.kind !== 'open' || this.view.traceId !== traceId) this.view = { kind: 'loading', traceId };
    try {
      await this.#showSketch(traceId);
      if (traceId !== this.#traceId) return;
      const { result, bytes } = await this.#link.request('trace.open', { traceId });
      if (traceId !== this.#traceId) return;
      if (bytes === undefined) throw new RpcError('internal', 'The host sent no spans.');
      // What was told before the answer is in it; laid over it, older rows would replace newer ones.
      this.#changes = [];
      const trace = await this.#derive(result, bytes);
      if (traceId !== this.#traceId) return;
      this.view = { kind: 'open', traceId, trace };
      if (this.#changes.length > 0) this.#gather();
    } catch (error) {
      if (traceId === this.#traceId) await this.#fail(traceId, error);
    }
  }

  /**
   * Shows what the host keeps of a large trace for its first picture, and waits until it is painted: reading the
   * whole keeps host, page and worker busy, and would only delay it.
   */
  async #showSketch(traceId: string): Promise<void> {
    const line = this.#line;
    if (line === undefined || this.view.kind !== 'loading') return;
    const width = expectFlameWidth(innerWidth);
    const { result, bytes } = await this.#link.request('trace.sketch', { traceId, width });
    if (bytes === undefined || !result.opened || traceId !== this.#traceId) return;
    const painted = line.sketch(bytes).catch(() => undefined);
    this.view = { kind: 'open', traceId, trace: sketchTrace(line, result.opened, bytes) };
    await Promise.race([painted, new Promise((resolve) => setTimeout(resolve, PAINTED_WITHIN_MS))]);
  }

  async #fail(traceId: string, error: unknown): Promise<void> {
    if (error instanceof RpcError && error.code === 'closed') {
      await this.#showAway(traceId);
      return;
    }
    const unknown = error instanceof RpcError && error.code === 'unknown-trace';
    const message = error instanceof Error ? error.message : String(error);
    this.view = unknown ? { kind: 'unknown', traceId } : { kind: 'failed', traceId, message };
  }

  /** What the library has of a trace is shown until the host answers again, which then tells the whole. */
  async #showAway(traceId: string): Promise<void> {
    const away = await this.#readAway(traceId);
    if (away === undefined || traceId !== this.#traceId || !isWaiting(this.view)) return;
    const opened = { summary: away.summary, clockOffsetUs: 0, diagnostics: [] };
    const trace = await this.#derive(opened, away.bytes);
    if (traceId === this.#traceId) this.view = { kind: 'open', traceId, trace, away: true };
  }

  async #derive(opened: TraceOpened, bytes: Uint8Array): Promise<LoadedTrace> {
    if (this.#line === undefined) return loadTrace(opened, bytes);
    const trace = await loadTraceBy(this.#line, opened, bytes);
    this.#line = trace.line;
    return trace;
  }

  #gather(): void {
    if (this.#gathers) return;
    this.#gathers = true;
    setTimeout(
      () => {
        this.#gathers = false;
        void this.#applyChanges();
      },
      Math.max(GATHER_MS, this.#costMs * REST_FACTOR),
    );
  }

  async #applyChanges(): Promise<void> {
    const { view } = this;
    const last = this.#changes.at(-1);
    if (view.kind !== 'open' || view.trace.sketch || last === undefined || this.#changing) return;
    const startMs = performance.now();
    const changes = this.#changes;
    this.#changes = [];
    const { traceId, trace } = view;
    if (trace.line === undefined) {
      const changed = changes.reduce((all, { opened, bytes }) => changeTrace(all, opened, bytes), trace);
      this.view = { kind: 'open', traceId, trace: changed };
    } else {
      await this.#changeBy(trace.line, view, last.opened, changes);
    }
    this.#costMs = performance.now() - startMs;
    if (this.#changes.length > 0) this.#gather();
  }

  async #changeBy(
    line: FlameLine,
    view: Extract<OpenTraceState, { readonly kind: 'open' }>,
    opened: TraceOpened,
    changes: readonly { readonly bytes: Uint8Array }[],
  ): Promise<void> {
    this.#changing = true;
    try {
      const rows = changes.map(({ bytes }) => bytes);
      const trace = await changeTraceBy(line, view.trace, opened, rows);
      // Another trace, or the same one told anew, may have come meanwhile.
      if (this.view === view) this.view = { kind: 'open', traceId: view.traceId, trace };
    } catch {
      // Told anew, by the page itself: whether the worker still knows what was told it, nobody can say.
      if (this.#line === line) this.#line = undefined;
      if (this.view === view) void this.#load(view.traceId);
    } finally {
      this.#changing = false;
    }
  }
}

/** Whether the spans of the trace that is shown are still on their way. */
function isWaiting(view: OpenTraceState): boolean {
  return view.kind === 'loading' || (view.kind === 'open' && view.trace.sketch === true);
}
