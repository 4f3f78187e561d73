/** Where a trace begins: for a callback, for a block, and in the SDK's order of arguments. */
import type { RunConfig } from './config.ts';
import { getCurrentTrace } from './context.ts';
import { activate } from './make-span-functions.ts';
import { getGlobalTraceProvider } from './provider.ts';
import { runIn } from './run-in-span.ts';
import { Trace } from './trace.ts';

/**
 * With `fn`: runs it inside a new trace and returns what it returns. Without: a trace that is started and current,
 * for `using`; it ends with its block. A text instead of options is the workflow's name.
 *
 * @example
 * const answer = await trace({ workflowName: 'Support', groupId: 'chat-7' }, async () => 'done');
 */
export function trace<T>(options: RunConfig | string, fn: (trace: Trace) => T): T;
export function trace(options?: RunConfig | string): Trace;
export function trace<T>(options: RunConfig | string = {}, fn?: (trace: Trace) => T): T | Trace {
  const made = createTrace(options);
  return fn === undefined ? activate(made) : runIn(made, fn);
}

/**
 * `trace` in the SDK's order of arguments; a trace that was made before is started, and may be started again.
 *
 * @example
 * const answer = await withTrace('Support', async (trace) => trace.traceId, { groupId: 'chat-7' });
 */
export function withTrace<T>(
  nameOrTrace: string | Trace,
  fn: (trace: Trace) => T,
  options: RunConfig = {},
): T {
  const made = nameOrTrace instanceof Trace ? nameOrTrace : createTrace({ ...options, name: nameOrTrace });
  return runIn(made, fn);
}

/** Runs `fn` in the current trace, or in a new one where there is none. */
export function getOrCreateTrace<T>(fn: (trace: Trace) => T, options: RunConfig = {}): T {
  const current = getCurrentTrace();
  return current === null ? runIn(createTrace(options), fn) : fn(current);
}

/** A trace that is not started: call `start()` and `end()`, and pass it as `parent`. */
export function createTrace(options: RunConfig | string = {}): Trace {
  return getGlobalTraceProvider().createTrace(typeof options === 'string' ? { name: options } : options);
}
