/** One span: something that began, may have failed, and ended. */
import { readIsoUs, writeIsoUs, type EpochUs } from '../../core/model/time.ts';
import { nowUs } from './clock.ts';
import type { SpanData } from './define-span-data.ts';
import { DISPOSE } from './dispose.ts';
import { exportSpanData } from './export-span-data.ts';
import { generateSpanId } from './ids.ts';
import { redactSensitive } from './redact-sensitive.ts';
import { deriveSpanName } from './span-name.ts';
import type { Trace } from './trace.ts';
import { readError, type SpanError } from './tracing-error.ts';

export interface SpanInit<D extends SpanData> {
  readonly trace: Trace;
  readonly data: D;
  /** The span around it in this process. */
  readonly parent?: Span | undefined;
  /** The id of a parent that is not in this process. */
  readonly parentId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly startedAt?: string | Date | undefined;
  readonly endedAt?: string | Date | undefined;
}

/** The export of a span, as it stands on the wire. */
export interface SpanItem {
  readonly object: 'trace.span';
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly span_data: Readonly<Record<string, unknown>>;
  readonly error: SpanError | null;
}

/**
 * A span. Names of the SDK (`spanId`, `spanData`, `startedAt`) and of its guide (`id`, `data`, `start_time`)
 * both work. Ids and texts of times are made when first asked for: a span that nobody looks at stays cheap.
 */
export class Span<D extends SpanData = SpanData> {
  readonly trace: Trace;
  readonly parent: Span | undefined;
  readonly spanData: D;
  #id: string | undefined;
  readonly #parentId: string | undefined;
  #startUs: EpochUs;
  #endUs: EpochUs;
  #error: SpanError | null = null;
  #leave: (() => void) | undefined;
  #state: 'new' | 'open' | 'ended' = 'new';

  constructor(init: SpanInit<D>) {
    this.trace = init.trace;
    this.parent = init.parent;
    this.spanData = init.data;
    this.#id = init.spanId;
    this.#parentId = init.parentId;
    this.#startUs = init.startedAt === undefined ? Number.NaN : readTime(init.startedAt);
    this.#endUs = init.endedAt === undefined ? Number.NaN : readTime(init.endedAt);
  }

  /** False for the span of a trace that isn't kept: it takes everything and tells nobody. */
  get isRecording(): boolean {
    return true;
  }

  get spanId(): string {
    return (this.#id ??= generateSpanId());
  }
  get traceId(): string {
    return this.trace.traceId;
  }
  get parentId(): string | null {
    return this.#parentId ?? this.parent?.spanId ?? null;
  }
  /** ISO 8601 with microseconds; null before the start. */
  get startedAt(): string | null {
    return writeIsoUs(this.#startUs) || null;
  }
  /** ISO 8601 with microseconds; null before the end. */
  get endedAt(): string | null {
    return writeIsoUs(this.#endUs) || null;
  }
  get error(): SpanError | null {
    return this.#error;
  }
  set error(error: SpanError | null) {
    this.#error = error;
  }
  get traceMetadata(): Readonly<Record<string, unknown>> {
    return this.trace.metadata;
  }
  /** Milliseconds from start to end; null while it runs. */
  get duration(): number | null {
    const us = this.#endUs - this.#startUs;
    return Number.isNaN(us) ? null : us / 1000;
  }
  /** A span directly under its trace has depth 1. */
  get depth(): number {
    let depth = 1;
    for (let span = this.parent; span !== undefined; span = span.parent) depth++;
    return depth;
  }
  /** The name in its data, else one that its data suggests. */
  get name(): string {
    return deriveSpanName(this.spanData);
  }
  set name(name: string) {
    Reflect.set(this.spanData, 'name', name);
  }

  get id(): string {
    return this.spanId;
  }
  get span_id(): string {
    return this.spanId;
  }
  get trace_id(): string {
    return this.traceId;
  }
  get parent_id(): string | null {
    return this.parentId;
  }
  get started_at(): string | null {
    return this.startedAt;
  }
  get ended_at(): string | null {
    return this.endedAt;
  }
  get startTime(): Date | null {
    return Number.isNaN(this.#startUs) ? null : new Date(this.#startUs / 1000);
  }
  get start_time(): Date | null {
    return this.startTime;
  }
  get endTime(): Date | null {
    return Number.isNaN(this.#endUs) ? null : new Date(this.#endUs / 1000);
  }
  get end_time(): Date | null {
    return this.endTime;
  }
  get data(): D {
    return this.spanData;
  }
  get span_data(): D {
    return this.spanData;
  }

  /** Records what went wrong; the last one counts. */
  setError(error: SpanError): void {
    this.#error = error;
  }
  set_error(error: SpanError): void {
    this.setError(error);
  }
  /** Records whatever was thrown. */
  recordError(thrown: unknown): void {
    this.setError(readError(thrown));
  }

  /** Begins the span and tells the processors. A second start is passed over. */
  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'open';
    if (Number.isNaN(this.#startUs)) this.#startUs = nowUs();
    if (!this.trace.includesSensitiveData) redactSensitive(this.spanData);
    this.trace.spanStarted(this);
  }

  /** Ends the span and tells the processors. A second end is passed over. */
  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    if (Number.isNaN(this.#endUs)) this.#endUs = nowUs();
    if (!this.trace.includesSensitiveData) redactSensitive(this.spanData);
    this.trace.spanEnded(this);
  }

  /** The end of a `using` block. What was thrown in it is not seen: `setError` tells it. */
  [DISPOSE](): void {
    this.end();
    this.#leave?.();
    this.#leave = undefined;
  }
  /** Runs once, when the span is disposed of. */
  onDispose(leave: () => void): void {
    this.#leave = leave;
  }

  /** The same span with other data, for processors that change what others see. */
  copyWith({ data, error }: { readonly data: SpanData; readonly error: SpanError | null }): Span {
    const { trace, parent, spanId } = this;
    const parentId = this.#parentId;
    const copy = new Span({ trace, parent, parentId, spanId, data });
    copy.#startUs = this.#startUs;
    copy.#endUs = this.#endUs;
    copy.#error = error;
    copy.#state = this.#state;
    return copy;
  }

  toJSON(): SpanItem | null {
    return {
      object: 'trace.span',
      id: this.spanId,
      trace_id: this.traceId,
      parent_id: this.parentId,
      started_at: this.startedAt,
      ended_at: this.endedAt,
      span_data: exportSpanData(this.spanData),
      error: this.#error,
    };
  }
}

function readTime(time: string | Date): EpochUs {
  return typeof time === 'string' ? readIsoUs(time) : time.getTime() * 1000;
}
