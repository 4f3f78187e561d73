/**
 * Phoenix's spans: the lines its page and its library write, lists of them, and the pages of its API, whose spans
 * are Phoenix's own or OTLP's. What its page writes as OTLP JSON is read as that.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json } from '../../model/json.ts';
import { readOtlpSpan } from '../otlp/read-span.ts';
import { readPhoenixSpan } from './read-span.ts';

const PHOENIX = 'phoenix';
/** Where a page of the API has its spans. */
const DATA = 'data';
/** Phoenix has rounded the times of these, so no digits are lost by reading them as numbers. */
const UNWRITTEN = { text: '' };
const NOWHERE = { resource: {}, scope: { name: '', version: '' } };

export const phoenixSpans: ForeignFormat = {
  name: PHOENIX,
  label: 'Phoenix spans',
  source: PHOENIX,
  sniff: ({ fields, text }: FileHead) => {
    for (const prefix of ['', 'data.']) {
      const has = (...names: readonly string[]): boolean => names.every((name) => fields.has(prefix + name));
      if (has('span_kind', 'context.trace_id', 'context.span_id', 'status_code')) return 1;
    }
    if (fields.has('data.start_time_unix_nano') && fields.has('data.span_id')) return 0.9;
    return /"span_kind": ?"[A-Z]+"/.test(text) && /"status_code": ?"/.test(text) ? 0.7 : 0;
  },
  open: (sink) => new ElementReader(sink, new PhoenixSpans(sink), { paths: [DATA] }),
};

class PhoenixSpans implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  /** Of the object that is open: a span, or what a page says beside its spans. */
  #fields = new Map<string, Json>();
  #isPage = false;
  #place: Place = {};

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, PHOENIX);
  }

  open(): void {
    this.#fields = new Map();
    this.#isPage = false;
    this.#place = {};
  }

  close(): void {
    // The last page of all may have no span.
    const isPage = this.#isPage || this.#fields.has('next_cursor');
    if (!isPage) this.#take(Object.fromEntries(this.#fields), this.#place);
    this.open();
  }

  value(path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (path === DATA) {
      this.#isPage = true;
      this.#take(value, place);
    } else if (path === '') this.#take(value, place);
    else {
      if (this.#fields.size === 0) this.#place = place;
      this.#fields.set(path, value);
    }
  }

  fragment(value: Json, { line }: Place): boolean {
    if (!isOurs(value)) return false;
    this.#take(value, line === undefined ? {} : { line });
    return true;
  }

  end(): void {
    this.#spans.end();
  }

  #take(value: Json, place: Place): void {
    if (!isOurs(value)) {
      this.#sink.skip(isJsonObject(value) ? 'unknown-object' : 'not-an-object', place);
      return;
    }
    const isOtlp = isJsonObject(value) && ownAt(value, 'start_time_unix_nano') !== undefined;
    const span = isOtlp ? readOtlpSpan(value, UNWRITTEN, NOWHERE) : readPhoenixSpan(value);
    if (typeof span === 'string') this.#sink.skip(span, place);
    else this.#spans.add(span, place);
  }
}

function isOurs(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  if (ownAt(value, 'start_time_unix_nano') !== undefined) return stringAt(value, 'span_id') !== undefined;
  return objectAt(value, 'context') !== undefined && ownAt(value, 'start_time') !== undefined;
}
