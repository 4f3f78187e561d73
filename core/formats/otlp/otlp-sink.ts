/**
 * What OTLP carries, whatever its wire form was: resources and scopes are remembered, spans converted, log records
 * joined to their spans, metrics counted. JSON and protobuf both end here.
 */
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { field, listField } from './field.ts';
import { SchemaUrls } from './schema-urls.ts';
import { SpanLogs } from './span-logs.ts';
import { readOtlpSpan, readResource, readScope, type SpanSurroundings } from './read-span.ts';

export const OTLP = 'otlp';

/** Of a span that was cut out of a larger value, or that protobuf carried. */
const UNWRITTEN = { text: '' };
const NOWHERE: SpanSurroundings = { resource: {}, scope: { name: '', version: '' } };

export class OtlpSink {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  readonly #logs: SpanLogs;
  readonly #schemas = new SchemaUrls();
  #around: SpanSurroundings = NOWHERE;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, OTLP);
    this.#logs = new SpanLogs(sink);
  }

  setResource(raw: Json | undefined): void {
    this.#around = { ...this.#around, resource: readResource(raw) };
    if (raw === undefined) this.#schemas.forgetTraces();
  }

  /** Which version of the conventions the spans before it follow: it stands behind them. */
  setSchemaUrl(raw: Json | undefined): void {
    this.#schemas.add(raw);
  }

  setScope(raw: Json | undefined): void {
    this.#around = { ...this.#around, scope: readScope(raw) };
  }

  /** `written` is asked for the span's own text only where its numbers are not what JSON.parse can keep. */
  span(raw: Json, written: { readonly text: string }, place: Place): void {
    const span = readOtlpSpan(raw, written, this.#around);
    if (typeof span === 'string') {
      this.#sink.skip(span, place);
      return;
    }
    this.#schemas.saw(span.traceId);
    this.#spans.add(span, place);
  }

  log(raw: Json, place: Place): void {
    this.#logs.add(raw, place);
  }

  metrics(place: Place, count = 1): void {
    this.#sink.skip('metrics-not-kept', place, count);
  }

  /** An object of whatever level of the envelope, whole. False where it is none of OTLP's. */
  envelope(raw: Json, place: Place): boolean {
    if (!isJsonObject(raw)) return false;
    const found = ENVELOPES.filter(([name]) => field(raw, name) !== undefined);
    if (found.length === 0) return this.#fragmentSpan(raw, place);
    if (field(raw, 'resource') !== undefined) this.setResource(field(raw, 'resource'));
    if (field(raw, 'scope') !== undefined) this.setScope(field(raw, 'scope'));
    for (const [name, what] of found) {
      for (const child of listField(raw, name)) {
        if (what === 'span') this.span(child, UNWRITTEN, place);
        else if (what === 'log') this.log(child, place);
        else if (what === 'metrics') this.metrics(place);
        else {
          if (name.startsWith('resource')) this.setResource(undefined);
          this.setScope(undefined);
          this.envelope(child, place);
        }
      }
    }
    this.setSchemaUrl(field(raw, 'schemaUrl'));
    return true;
  }

  end(): void {
    this.#logs.end();
    for (const [traceId, urls] of this.#schemas.byTrace()) {
      this.#spans.describe(traceId, { extra: { schema_urls: urls } });
    }
    this.#spans.end();
  }

  #fragmentSpan(raw: JsonObject, place: Place): boolean {
    const isSpan = ['spanId', 'traceId', 'startTimeUnixNano'].every((name) => field(raw, name) !== undefined);
    if (isSpan) this.span(raw, UNWRITTEN, place);
    return isSpan;
  }
}

/** Lists of the envelope, and what their elements are. */
const ENVELOPES = [
  ['resourceSpans', 'envelope'],
  ['scopeSpans', 'envelope'],
  ['instrumentationLibrarySpans', 'envelope'],
  ['spans', 'span'],
  ['resourceLogs', 'envelope'],
  ['scopeLogs', 'envelope'],
  ['logRecords', 'log'],
  ['resourceMetrics', 'metrics'],
] as const;
