/** Runs a body inside a span or a trace: what it throws is recorded and thrown on, what it returns is returned. */
import { withTraceContext } from './context.ts';
import type { Span } from './span.ts';
import type { Trace } from './trace.ts';

/** Starts it, makes it current for `fn`, and ends it when `fn`, or the promise it returned, is done. */
export function runIn<C extends Span | Trace, T>(context: C, fn: (context: C) => T): T {
  // A disabled trace must hide the one around it; a span that isn't kept has nothing to hide.
  context.start();
  return withTraceContext(context, () => settle(context, fn));
}

function settle<C extends Span | Trace, T>(context: C, fn: (context: C) => T): T {
  let result: T;
  try {
    result = fn(context);
  } catch (error) {
    context.recordError(error);
    context.end();
    throw error;
  }
  if (!isPromiseLike(result)) {
    context.end();
    return result;
  }
  // A promise that settles the same way, after the end: T is that promise's own type.
  return result.then(
    (value: unknown) => {
      context.end();
      return value;
    },
    (error: unknown) => {
      context.recordError(error);
      context.end();
      throw error;
    },
  ) as T;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
