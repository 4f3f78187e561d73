/** The three functions of one kind of span, from the class of its data. */
import { enterContext, leaveContext } from './context.ts';
import type { SpanData } from './define-span-data.ts';
import { getGlobalTraceProvider, type SpanPlace } from './provider.ts';
import { runIn } from './run-in-span.ts';
import type { Span } from './span.ts';
import { readFields, type SpanOptions } from './span-options.ts';
import type { Trace } from './trace.ts';

/** A span that is not started: call `start()` and `end()`, and pass it as `parent`. */
export type CreateSpan<D extends SpanData, O> = (options?: O | string, parent?: Span | Trace) => Span<D>;

/** Runs `fn` inside a new span, the SDK's order of arguments. */
export type WithSpan<D extends SpanData, O> = <T>(
  fn: (span: Span<D>) => T,
  options?: O | string,
  parent?: Span | Trace,
) => T;

/**
 * With `fn`: runs it inside a new span and returns what it returns. Without: a span that is started and current,
 * for `using`; it ends with its block. A text instead of options is the span's name.
 */
export interface SpanFunction<D extends SpanData, O> {
  <T>(options: O | string, fn: (span: Span<D>) => T): T;
  (options?: O | string): Span<D>;
}

export interface SpanFunctions<D extends SpanData, O> {
  readonly create: CreateSpan<D, O>;
  readonly within: WithSpan<D, O>;
  readonly span: SpanFunction<D, O>;
}

export function makeSpanFunctions<D extends SpanData, O extends SpanPlace = SpanOptions<D>>(
  Data: new (fields: Readonly<Record<string, unknown>>) => D,
): SpanFunctions<D, O> {
  const { type } = new Data({});
  const create = (options: O | string = {} as O, parent?: Span | Trace): Span<D> => {
    const provider = getGlobalTraceProvider();
    const place: SpanPlace = typeof options === 'string' ? named(options) : options;
    // What nobody will read is not copied.
    const data = new Data(provider.isKept(place, parent) ? readFields(type, place) : {});
    return provider.createSpan(data, place, parent);
  };
  function span<T>(options: O | string, fn: (span: Span<D>) => T): T;
  function span(options?: O | string): Span<D>;
  function span<T>(options?: O | string, fn?: (span: Span<D>) => T): T | Span<D> {
    const made = create(options);
    return fn === undefined ? activate(made) : runIn(made, fn);
  }
  return {
    create,
    within: (fn, options, parent) => runIn(create(options, parent), fn),
    span,
  };
}

/** Starts it and makes it current, until it is disposed of. */
export function activate<C extends Span | Trace>(context: C): C {
  context.start();
  const before = enterContext(context);
  context.onDispose(() => leaveContext(context, before));
  return context;
}

/** A text instead of options is a name; it says nothing of a place. */
function named(name: string): SpanPlace & { readonly name: string } {
  return { name };
}
