/**
 * A span as OpenTelemetry and its relatives carry one: a name, times and a bag of attributes. Readers of OTLP,
 * Jaeger and Zipkin make these; what an agent did is then found in the attributes, by one set of rules.
 */
import type { Json, JsonObject } from '../../model/json.ts';
import type { FineTime } from './fine-time.ts';
import type { ForeignUsage } from './read-usage.ts';

export interface SpanEvent {
  readonly name: string;
  readonly at: FineTime | undefined;
  readonly attributes: JsonObject;
}

export interface AttributedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly start: FineTime | undefined;
  /** undefined: still open. */
  readonly end: FineTime | undefined;
  readonly attributes: JsonObject;
  readonly events: readonly SpanEvent[];
  readonly links: readonly Json[];
  /** Such as `SPAN_KIND_CLIENT`. */
  readonly kind: string | undefined;
  readonly status: { readonly code: 'unset' | 'ok' | 'error'; readonly message: string };
  readonly scope: {
    readonly name: string;
    readonly version: string;
    readonly attributes?: JsonObject;
  };
  readonly resource: JsonObject;
  /** What else the format says and a lossless way back needs; kept in `origin` as it is. */
  readonly extra: JsonObject;
  /** Tokens, where the format counts them in a way of its own; else they are read from the attributes. */
  readonly usage?: ForeignUsage;
}
