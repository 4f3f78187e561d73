/** A tracing processor that notes what the SDK itself produced, so that a test can tell what is missing. */
import type { Span, Trace, TracingProcessor } from '@openai/agents';
import { isJsonObject, ownAt, stringAt, type JsonObject } from '../../core/model/json.ts';

/** One trace as the SDK ran it: what a host that lost nothing must show. */
export interface RecordedTrace {
  readonly id: string;
  readonly workflowName: string;
  readonly spanIds: readonly string[];
  readonly spansByKind: Readonly<Record<string, number>>;
  readonly handoffs: readonly (readonly [string | null, string | null])[];
  readonly tools: Readonly<Record<string, { readonly calls: number; readonly errors: number }>>;
  readonly guardrails: Readonly<Record<string, { readonly runs: number; readonly triggered: number }>>;
  /** Spans whose own error is set. */
  readonly errors: number;
}

type AnySpan = Span<never>;

export class SpanRecorder implements TracingProcessor {
  readonly #workflowNames = new Map<string, string>();
  readonly #spans: AnySpan[] = [];
  readonly #onTrace: (traceId: string) => void;
  #waiting: { readonly kind: string; readonly settle: () => void }[] = [];

  constructor(onTrace: (traceId: string) => void) {
    this.#onTrace = onTrace;
  }

  /** All traces so far, in order of their start. */
  recorded(): readonly RecordedTrace[] {
    return [...this.#workflowNames].map(([id, workflowName]) =>
      describeTrace(
        id,
        workflowName,
        this.#spans.filter((span) => span.traceId === id),
      ),
    );
  }

  /** Settles when the next span of a kind has ended. */
  ended(kind: string): Promise<void> {
    return new Promise((settle) => this.#waiting.push({ kind, settle }));
  }

  onTraceStart(trace: Trace): Promise<void> {
    this.#workflowNames.set(trace.traceId, trace.name);
    this.#onTrace(trace.traceId);
    return Promise.resolve();
  }

  onTraceEnd(): Promise<void> {
    return Promise.resolve();
  }

  onSpanStart(): Promise<void> {
    return Promise.resolve();
  }

  onSpanEnd(span: AnySpan): Promise<void> {
    this.#spans.push(span);
    const kind = stringAt(dataOf(span), 'type');
    for (const waiting of this.#waiting.filter((each) => each.kind === kind)) waiting.settle();
    this.#waiting = this.#waiting.filter((each) => each.kind !== kind);
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

function describeTrace(id: string, workflowName: string, spans: readonly AnySpan[]): RecordedTrace {
  const spansByKind: Record<string, number> = {};
  const tools: Record<string, { calls: number; errors: number }> = {};
  const guardrails: Record<string, { runs: number; triggered: number }> = {};
  const handoffs: [string | null, string | null][] = [];
  const byStart = spans.toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
  for (const span of byStart) {
    const data = dataOf(span);
    const kind = stringAt(data, 'type') ?? '';
    const name = stringAt(data, 'name') ?? '';
    spansByKind[kind] = (spansByKind[kind] ?? 0) + 1;
    if (kind === 'function') {
      const tool = (tools[name] ??= { calls: 0, errors: 0 });
      tool.calls++;
      if (span.error !== null) tool.errors++;
    }
    if (kind === 'guardrail') {
      const guardrail = (guardrails[name] ??= { runs: 0, triggered: 0 });
      guardrail.runs++;
      if (ownAt(data, 'triggered') === true) guardrail.triggered++;
    }
    if (kind === 'handoff') {
      handoffs.push([stringAt(data, 'from_agent') ?? null, stringAt(data, 'to_agent') ?? null]);
    }
  }
  const errors = spans.filter(({ error }) => error !== null).length;
  const spanIds = spans.map(({ spanId }) => spanId);
  return { id, workflowName, spanIds, spansByKind, handoffs, tools, guardrails, errors };
}

function dataOf(span: AnySpan): JsonObject {
  const data: unknown = span.spanData;
  return isJsonObject(data) ? data : {};
}
