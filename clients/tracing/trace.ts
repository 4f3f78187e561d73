/** One trace: a workflow from its start to its end, and the spans in it. */
import type { TraceStatus } from '../../core/model/trace-summary.ts';
import { writeIsoUs, type EpochUs } from '../../core/model/time.ts';
import { nowUs, settleClock } from './clock.ts';
import type { Dispatcher } from './dispatcher.ts';
import { DISPOSE } from './dispose.ts';
import { generateTraceId } from './ids.ts';
import type { Span } from './span.ts';
import { readError, type SpanError } from './tracing-error.ts';

export interface TraceInit {
  readonly name?: string | undefined;
  readonly traceId?: string | undefined;
  readonly groupId?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly tracingApiKey?: string | undefined;
  readonly includesSensitiveData?: boolean | undefined;
}

/** The export of a trace, as it stands on the wire. */
export interface TraceItem {
  readonly object: 'trace';
  readonly id: string;
  readonly workflow_name: string;
  readonly group_id: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The most spans that `trace.spans` keeps; `trace.droppedSpans` counts the others. */
const MOST_SPANS = 100_000;

/** A trace. Names of the SDK (`traceId`, `name`) and of its guide (`id`, `workflow_name`) both work. */
export class Trace {
  name: string;
  readonly traceId: string;
  groupId: string | null;
  metadata: Readonly<Record<string, unknown>>;
  readonly tracingApiKey: string | undefined;
  readonly includesSensitiveData: boolean;
  /** Spans that `spans` had no room for. */
  droppedSpans = 0;
  readonly #dispatcher: Dispatcher;
  #spans: Span[] = [];
  #openSpans = 0;
  #leave: (() => void) | undefined;
  #isOpen = false;
  #hasFailed = false;
  #error: SpanError | null = null;
  #startUs: EpochUs = Number.NaN;
  #endUs: EpochUs = Number.NaN;

  constructor(init: TraceInit, dispatcher: Dispatcher) {
    this.name = init.name ?? 'Agent workflow';
    this.traceId = init.traceId ?? generateTraceId();
    this.groupId = init.groupId ?? null;
    this.metadata = init.metadata ?? {};
    this.tracingApiKey = init.tracingApiKey;
    this.includesSensitiveData = init.includesSensitiveData ?? true;
    this.#dispatcher = dispatcher;
  }

  /** False for a trace that isn't kept: it takes everything and tells nobody. */
  get isRecording(): boolean {
    return true;
  }
  /** The spans so far, in order of their start; filled only while a processor collects them. */
  get spans(): readonly Span[] {
    return this.#spans;
  }
  get openSpans(): number {
    return this.#openSpans;
  }
  /** What was thrown out of the trace's body. */
  get error(): SpanError | null {
    return this.#error;
  }
  /** `failed` once a span directly under the trace, or an agent in its first task, has an error. */
  get status(): TraceStatus {
    if (Number.isNaN(this.#endUs)) return 'in_progress';
    return this.#hasFailed ? 'failed' : 'completed';
  }
  get startedAt(): string | null {
    return writeIsoUs(this.#startUs) || null;
  }
  get endedAt(): string | null {
    return writeIsoUs(this.#endUs) || null;
  }
  /** Milliseconds from start to end; null while it runs. */
  get duration(): number | null {
    const us = this.#endUs - this.#startUs;
    return Number.isNaN(us) ? null : us / 1000;
  }

  get id(): string {
    return this.traceId;
  }
  get trace_id(): string {
    return this.traceId;
  }
  get workflowName(): string {
    return this.name;
  }
  get workflow_name(): string {
    return this.name;
  }
  get group_id(): string | null {
    return this.groupId;
  }
  get state(): TraceStatus {
    return this.status;
  }

  /** Begins the trace and tells the processors. After its end it may be started again. */
  start(): void {
    if (this.#isOpen) return;
    settleClock();
    this.#isOpen = true;
    this.#startUs = Number.isNaN(this.#startUs) ? nowUs() : this.#startUs;
    this.#endUs = Number.NaN;
    this.#dispatcher.traceStarted(this);
  }

  /** Ends the trace and tells the processors. Spans may still end after it. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#endUs = nowUs();
    this.#dispatcher.traceEnded(this);
  }

  /** The end of a `using` block. */
  [DISPOSE](): void {
    this.end();
    this.#leave?.();
    this.#leave = undefined;
  }
  /** Runs once, when the trace is disposed of. */
  onDispose(leave: () => void): void {
    this.#leave = leave;
  }

  /** Records whatever was thrown out of the trace's body. */
  recordError(thrown: unknown): void {
    this.#hasFailed = true;
    this.#error = readError(thrown);
  }

  /** Told by a span of its own start. */
  spanStarted(span: Span): void {
    this.#openSpans++;
    if (this.#dispatcher.collects) {
      if (this.#spans.length < MOST_SPANS) this.#spans.push(span);
      else this.droppedSpans++;
    }
    this.#dispatcher.spanStarted(span);
  }

  /** Told by a span of its own end. */
  spanEnded(span: Span): void {
    this.#openSpans--;
    if (span.error !== null && decidesTrace(span)) this.#hasFailed = true;
    this.#dispatcher.spanEnded(span);
  }

  /** The same trace with other metadata or spans, for processors that change what others see. */
  copyWith(change: { readonly metadata?: TraceItem['metadata']; readonly spans?: readonly Span[] }): Trace {
    const copy = new Trace({ ...this.#init(), metadata: change.metadata ?? this.metadata }, this.#dispatcher);
    copy.#spans = [...(change.spans ?? this.#spans)];
    copy.#startUs = this.#startUs;
    copy.#endUs = this.#endUs;
    copy.#hasFailed = this.#hasFailed;
    copy.#error = this.#error;
    return copy;
  }

  toJSON(): TraceItem | null {
    return {
      object: 'trace',
      id: this.traceId,
      workflow_name: this.name,
      group_id: this.groupId,
      metadata: this.metadata,
    };
  }

  #init(): TraceInit {
    const { name, traceId, groupId, tracingApiKey, includesSensitiveData } = this;
    return { name, traceId, groupId, tracingApiKey, includesSensitiveData };
  }
}

function decidesTrace({ parent, spanData }: Span): boolean {
  if (parent === undefined) return spanData.type === 'task' || spanData.type === 'agent';
  return spanData.type === 'agent' && parent.spanData.type === 'task' && parent.parent === undefined;
}
