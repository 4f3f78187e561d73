/** All of the library but what only Node has. */
export * from './access-control-processor.ts';
export * from './add-usage.ts';
export * from './batch-processor.ts';
export * from './collector-processor.ts';
export * from './compliance-processor.ts';
export type { RunConfig } from './config.ts';
export * from './console-processor.ts';
export {
  getCurrentSpan,
  getCurrentTrace,
  getCurrentTraceContext,
  resetCurrentSpan,
  setCurrentSpan,
  setTracingContextStorage,
  withTraceContext,
  type ContextStorage,
  type TraceContext,
} from './context.ts';
export * from './create-spans.ts';
export * from './create-trace.ts';
export { MultiTracingProcessor } from './dispatcher.ts';
export * from './error-tracking-processor.ts';
export * from './filter-processor.ts';
export * from './ids.ts';
export { NoopSpan, NoopTrace } from './noop.ts';
export { OpenAIProcessor, OpenAITracingExporter, setTracingExportApiKey } from './openai-exporter.ts';
export type { OpenAIExporterOptions } from './openai-exporter.ts';
export * from './performance-processor.ts';
export type { TracingExporter, TracingProcessor } from './processor.ts';
export * from './processors.ts';
export { getGlobalTraceProvider, TraceProvider, type SpanPlace } from './provider.ts';
export { isSampled, SamplingProcessor } from './sampling-processor.ts';
export * from './sanitizing-processor.ts';
export { SENSITIVE_PATTERNS, type SensitivePattern } from './sensitive-patterns.ts';
export * from './span-data.ts';
export type { SpanData } from './define-span-data.ts';
export type { AgentLike, AgentSpanOptions, SpanOptions } from './span-options.ts';
export { Span, type SpanItem } from './span.ts';
export { Trace, type TraceItem } from './trace.ts';
export type { SpanError } from './tracing-error.ts';
