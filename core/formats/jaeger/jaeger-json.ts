/**
 * Jaeger's JSON, as its API and its UI give it: traces below `data`, or one trace bare. The processes that spans
 * name stand behind them, so the spans of a trace wait for these, up to a limit.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readJaegerSpan, readProcess } from './read-span.ts';

const JAEGER = 'jaeger';
/** So many spans of one trace wait for their processes; those behind them are kept without a service. */
const MAX_WAITING = 20_000;

export const jaegerJson: ForeignFormat = {
  name: JAEGER,
  label: 'Jaeger JSON',
  source: JAEGER,
  sniff: ({ fields, text }: FileHead) => {
    const has = (...paths: readonly string[]): boolean => paths.some((path) => fields.has(path));
    const isTrace = has('traceID', 'data.traceID') && has('spans', 'data.spans');
    if (isTrace && has('spans.operationName', 'data.spans.operationName')) return 1;
    if (isTrace) return 0.8;
    return /"operationName"/.test(text) && /"spanID"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => new ElementReader(sink, new JaegerTraces(sink), { paths: ['data.spans', 'spans'] }),
};

class JaegerTraces implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  #waiting: { readonly raw: Json; readonly place: Place }[] = [];
  #processes: JsonObject = {};

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, JAEGER);
  }

  open(): void {
    this.#settle();
    this.#processes = {};
  }

  close(): void {
    this.#settle();
  }

  value(path: string, value: Json, { line }: Place): void {
    if (path === 'data.spans' || path === 'spans') this.#take(value, line === undefined ? {} : { line });
    else if (path.endsWith('processes') && isJsonObject(value)) this.#processes = value;
  }

  fragment(value: Json, { line }: Place): boolean {
    if (!isJsonObject(value)) return false;
    if (Array.isArray(value['spans'])) {
      this.open();
      if (isJsonObject(value['processes'])) this.#processes = value['processes'];
      value['spans'].forEach((span: Json) => {
        this.#take(span, line === undefined ? {} : { line });
      });
      this.#settle();
      return true;
    }
    const isSpan = stringAt(value, 'spanID') !== undefined && stringAt(value, 'operationName') !== undefined;
    if (isSpan) this.#take(value, line === undefined ? {} : { line });
    return isSpan;
  }

  end(): void {
    this.#settle();
    this.#spans.end();
  }

  #take(raw: Json, place: Place): void {
    this.#waiting.push({ raw, place });
    if (this.#waiting.length >= MAX_WAITING) this.#settle();
  }

  #settle(): void {
    const resources = new Map<string, JsonObject>();
    for (const { raw, place } of this.#waiting) {
      const id = isJsonObject(raw) ? (stringAt(raw, 'processID') ?? '') : '';
      const resource = resources.get(id) ?? readProcess(ownAt(this.#processes, id));
      resources.set(id, resource);
      const span = readJaegerSpan(raw, resource);
      if (typeof span === 'string') {
        this.#sink.skip(span, place);
        continue;
      }
      if (span.end === undefined) this.#sink.note('missing-duration', place);
      this.#spans.add(
        span.end === undefined && span.start !== undefined ? { ...span, end: span.start } : span,
        place,
      );
    }
    this.#waiting = [];
  }
}
