/**
 * A tracing processor that posts every start and end to the door's `/v1/events` while the program runs, with
 * what the exporter would strip. Posts go one after another, each with all that has gathered meanwhile.
 */
import type { Span, Trace, TracingProcessor } from '@openai/agents';
import { isJsonObject, stringAt, type JsonObject } from '../../core/model/json.ts';

type AnySpan = Span<never>;

export class LiveProcessor implements TracingProcessor {
  readonly #url: string;
  #waiting: string[] = [];
  #sending: Promise<void> = Promise.resolve();

  /** `endpoint` is the door's base, without a path. */
  constructor(endpoint: string) {
    this.#url = `${endpoint}/v1/events`;
  }

  onTraceStart(trace: Trace): Promise<void> {
    return this.#send('on_trace_start', trace);
  }

  onTraceEnd(trace: Trace): Promise<void> {
    return this.#send('on_trace_end', trace);
  }

  onSpanStart(span: AnySpan): Promise<void> {
    return this.#send('on_span_start', span);
  }

  onSpanEnd(span: AnySpan): Promise<void> {
    return this.#send('on_span_end', span);
  }

  forceFlush(): Promise<void> {
    return this.#sending;
  }

  shutdown(): Promise<void> {
    return this.#sending;
  }

  /** The line is written at once, since the span changes later; the run never waits for the door. */
  #send(event: string, source: Trace | AnySpan): Promise<void> {
    this.#waiting.push(writeEvent(event, source));
    if (this.#waiting.length === 1) this.#sending = this.#sending.then(() => this.#post());
    return Promise.resolve();
  }

  async #post(): Promise<void> {
    const body = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await fetch(this.#url, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`the door answered ${answer.status}`);
  }
}

/** One line of `/v1/events`. */
export function writeEvent(event: string, source: Trace | AnySpan): string {
  const item: unknown = source.toJSON();
  if (!isJsonObject(item)) throw new TypeError(`${event} without an item`);
  const line = { event, at: new Date().toISOString(), item };
  if (!('spanData' in source)) return JSON.stringify(line);
  const data: unknown = source.spanData;
  if (!isJsonObject(data)) throw new TypeError(`${event} without data`);
  const hidden = privateFields(data);
  return JSON.stringify({
    ...line,
    raw_type: stringAt(data, 'type'),
    ...(hidden && { private_span_data: hidden }),
  });
}

function privateFields(data: JsonObject): JsonObject | undefined {
  const fields = Object.entries(data).filter(([key]) => key.startsWith('_'));
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
