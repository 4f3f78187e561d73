/** Which span or trace is current: through AsyncLocalStorage in Node, through a plain stack where there is none. */
import { Span } from './span.ts';
import type { Trace } from './trace.ts';

/** A span, or a trace where no span is open. */
export type TraceContext = Span | Trace | undefined;

export interface ContextStorage {
  getStore(): TraceContext;
  run<T>(context: TraceContext, fn: () => T): T;
  enterWith(context: TraceContext): void;
}

/** Follows calls, not `await`: after one, pass `parent`. For browsers. */
export class StackStorage implements ContextStorage {
  #current: TraceContext;

  getStore(): TraceContext {
    return this.#current;
  }

  run<T>(context: TraceContext, fn: () => T): T {
    const before = this.#current;
    this.#current = context;
    try {
      return fn();
    } finally {
      this.#current = before;
    }
  }

  enterWith(context: TraceContext): void {
    this.#current = context;
  }
}

let storage: ContextStorage = new StackStorage();

/** Replaces where the current span is kept, for runtimes with a storage of their own. */
export function setTracingContextStorage(own: ContextStorage): void {
  storage = own;
}

/** The trace that this code runs in; null outside of any. */
export function getCurrentTrace(): Trace | null {
  const context = storage.getStore();
  return context instanceof Span ? context.trace : (context ?? null);
}

/** The innermost span that this code runs in; null directly under a trace and outside of any. */
export function getCurrentSpan(): Span | null {
  const context = storage.getStore();
  return context instanceof Span ? context : null;
}

/** What `withTraceContext` takes to carry on in another callback. */
export function getCurrentTraceContext(): TraceContext {
  return storage.getStore();
}

/**
 * Runs `fn` as if it were called inside `context`.
 *
 * @example
 * const context = getCurrentTraceContext();
 * queue.push(() => withTraceContext(context, () => functionSpan({ name: 'later' }, work)));
 */
export function withTraceContext<T>(context: TraceContext, fn: () => T): T {
  return storage.run(context, fn);
}

/** Makes a span current for the rest of this asynchronous function; `resetCurrentSpan` goes back to its parent. */
export function setCurrentSpan(span: Span): void {
  storage.enterWith(span);
}

/** Goes back from the current span to the span or trace around it. */
export function resetCurrentSpan(): void {
  const context = storage.getStore();
  if (context instanceof Span) storage.enterWith(context.parent ?? context.trace);
}

/** For `using`: makes `context` current and returns what was. */
export function enterContext(context: TraceContext): TraceContext {
  const before = storage.getStore();
  storage.enterWith(context);
  return before;
}

/** For `using`: goes back, unless somebody else has become current meanwhile. */
export function leaveContext(context: TraceContext, before: TraceContext): void {
  if (storage.getStore() === context) storage.enterWith(before);
}
