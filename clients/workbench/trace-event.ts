/** One live event as a tracing processor sees it and the door's `/v1/events` takes it. */

export type TraceEventName = 'on_trace_start' | 'on_trace_end' | 'on_span_start' | 'on_span_end';

export interface TraceEvent {
  readonly event: TraceEventName;
  /** ISO 8601, the client's clock. */
  readonly at: string;
  /** The trace or span as it is exported. It may hold anything: it is made safe JSON on its own. */
  readonly item: unknown;
  /** The type that the span has inside the process, where the exported one differs: `task`, `turn`. */
  readonly raw_type?: string | undefined;
  /** What exporters leave out: `_input`, `_response`. */
  readonly private_span_data?: unknown;
}
