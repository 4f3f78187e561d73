/** Lets through a share of all traces, chosen by their ids. */
import { FilterProcessor, type NextProcessors } from './filter-processor.ts';

/**
 * Keeps a share of all traces, each with all its spans. The answer is a hash of the trace id: the same trace
 * gets the same one in every process, and after every restart.
 *
 * @example
 * addTraceProcessor(new SamplingProcessor({ rate: 0.1, next: new ConsoleProcessor() }));
 */
export class SamplingProcessor extends FilterProcessor {
  constructor({ rate, next }: { readonly rate: number; readonly next: NextProcessors }) {
    super(next, {
      trace: (trace) => (isSampled(trace.traceId, rate) ? trace : undefined),
      span: (span) => (isSampled(span.traceId, rate) ? span : undefined),
    });
  }
}

/** True for the share `rate` (0 to 1) of all trace ids. FNV-1a over UTF-16 units, then murmur3's finalizer. */
export function isSampled(traceId: string, rate: number): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < traceId.length; i++) hash = Math.imul(hash ^ traceId.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < rate;
}
