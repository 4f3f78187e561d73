/** Who listens, set by the program. */
import { BatchProcessor } from './batch-processor.ts';
import type { TracingExporter, TracingProcessor } from './processor.ts';
import { getGlobalTraceProvider } from './provider.ts';

const LISTENERS = ['onTraceStart', 'onTraceEnd', 'onSpanStart', 'onSpanEnd', 'processTrace'];

/** An object that only exports is put behind a `BatchProcessor`. */
function asProcessor(given: TracingProcessor | TracingExporter): TracingProcessor {
  return isExporter(given) ? new BatchProcessor(given) : given;
}

function isExporter(given: TracingProcessor | TracingExporter): given is TracingExporter {
  return 'export' in given && !LISTENERS.some((name) => name in given);
}

/** Adds one beside those that listen already. */
export function addTraceProcessor(processor: TracingProcessor | TracingExporter): void {
  getGlobalTraceProvider().registerProcessor(asProcessor(processor));
}

/** Replaces all; those that go are shut down. */
export function setTraceProcessors(processors: readonly (TracingProcessor | TracingExporter)[]): void {
  getGlobalTraceProvider().setProcessors(processors.map(asProcessor));
}

/** Turns tracing off or on, whatever the environment says. */
export function setTracingDisabled(disabled: boolean): void {
  getGlobalTraceProvider().setDisabled(disabled);
}

/** Resolves when every processor has handed on what it had. */
export function flushTraces(): Promise<void> {
  return getGlobalTraceProvider().forceFlush();
}
