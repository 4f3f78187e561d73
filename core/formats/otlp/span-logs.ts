/**
 * Log records that carry what a model was told and said. They belong to a span by its id and come apart from
 * it, so they are gathered by span and told as one further report of it, which the fold lays below the span's own.
 */
import { isJsonObject, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { isMessageEvent, readMessageEvents, type GenaiEvent } from '../genai/message-events.ts';
import type { ForeignSink, Place } from '../foreign/foreign-format.ts';
import { readAnyValue, readAttributes } from './any-value.ts';
import { field, textField } from './field.ts';
import { readHexId } from './read-id.ts';

/** So many events wait for others of their span before they are told. */
const MAX_WAITING = 10_000;

interface SpanEvents {
  readonly traceId: string;
  readonly spanId: string;
  readonly events: GenaiEvent[];
  readonly place: Place;
}

export class SpanLogs {
  readonly #sink: ForeignSink;
  readonly #spans = new Map<string, SpanEvents>();
  #waiting = 0;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
  }

  add(raw: Json, place: Place): void {
    if (!isJsonObject(raw)) {
      this.#sink.skip('not-an-object', place);
      return;
    }
    const { attributes } = readAttributes(field(raw, 'attributes'));
    const name = textField(raw, 'eventName') || stringAt(attributes, 'event.name') || '';
    const traceId = readHexId(textField(raw, 'traceId'), 16);
    const spanId = readHexId(textField(raw, 'spanId'), 8);
    if (traceId === undefined || spanId === undefined || !isMessageEvent(name)) {
      this.#sink.skip('log-not-kept', place);
      return;
    }
    const body = readAnyValue(field(raw, 'body') ?? {});
    const event: GenaiEvent = { name, body: { ...attributes, ...(isJsonObject(body) ? body : {}) } };
    const key = `${traceId}/${spanId}`;
    const known = this.#spans.get(key);
    if (known === undefined) this.#spans.set(key, { traceId, spanId, events: [event], place });
    else known.events.push(event);
    if (++this.#waiting >= MAX_WAITING) this.end();
  }

  /** Tells what was gathered. */
  end(): void {
    for (const { traceId, spanId, events, place } of this.#spans.values()) {
      const { input, output } = readMessageEvents(events);
      const data: JsonObject = {
        type: 'generation',
        ...(input.length > 0 && { input }),
        ...(output.length > 0 && { output }),
      };
      const origin: JsonObject = {
        format: 'otlp',
        source: 'otel-genai',
        logs: events.map(({ name, body }): Json => ({ name, body })),
      };
      this.#sink.item(
        { object: 'trace.span', id: spanId, trace_id: traceId, span_data: data, origin },
        place,
      );
    }
    this.#spans.clear();
    this.#waiting = 0;
  }
}
