/**
 * Zipkin's second format: a list of spans, or a list of such lists. Which half of a call a span is shows only when
 * all of its trace is known, so the spans of a trace wait until so many of others have come since its last one.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, ownAt, type Json } from '../../model/json.ts';
import { joinHalves } from './join-halves.ts';
import { readZipkinSpan, type ZipkinReport } from './read-span.ts';

const ZIPKIN = 'zipkin';
/** So many reports wait, about 30 MB; a call whose halves lie further apart is one span. */
const MAX_WAITING = 20_000;
/** So many are settled at a time: more would fill memory with what they became. */
const SETTLED = 2000;

export const zipkinJson: ForeignFormat = {
  name: ZIPKIN,
  label: 'Zipkin JSON (v2)',
  source: ZIPKIN,
  sniff: ({ fields }: FileHead) => {
    const marks = [
      'localEndpoint',
      'remoteEndpoint',
      'timestamp',
      'duration',
      'annotations',
      'tags',
      'shared',
    ];
    const count = marks.filter((mark) => fields.has(mark)).length;
    if (!fields.has('traceId') || !fields.has('id')) return 0;
    if (fields.has('localEndpoint') || fields.has('remoteEndpoint')) return 1;
    return count >= 2 ? 0.7 : 0;
  },
  open: (sink) => new ElementReader(sink, new ZipkinSpans(sink), { paths: [''] }),
};

interface WaitingTrace {
  readonly reports: { readonly report: ZipkinReport; readonly place: Place }[];
  /** When its last report was taken. */
  last: number;
}

class ZipkinSpans implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  readonly #traces = new Map<string, WaitingTrace>();
  #taken = 0;
  #waiting = 0;

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, ZIPKIN);
  }

  value(_path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    const report = readZipkinSpan(value);
    if (typeof report === 'string') {
      this.#sink.skip(report, place);
      return;
    }
    const { traceId } = report.span;
    let trace = this.#traces.get(traceId);
    if (trace === undefined) {
      trace = { reports: [], last: 0 };
      this.#traces.set(traceId, trace);
    }
    trace.reports.push({ report, place });
    trace.last = this.#taken++;
    if (++this.#waiting >= MAX_WAITING) this.#settle(MAX_WAITING - SETTLED);
  }

  fragment(value: Json, place: Place): boolean {
    const isSpan =
      isJsonObject(value) && ownAt(value, 'traceId') !== undefined && ownAt(value, 'id') !== undefined;
    if (isSpan) this.value('', value, place);
    return isSpan;
  }

  end(): void {
    this.#settle(0);
    this.#spans.end();
  }

  /** Hands on whole traces, those first that have waited longest for another report, until no more than `left` wait. */
  #settle(left: number): void {
    const traces = left === 0 ? this.#traces : [...this.#traces].sort(([, a], [, b]) => a.last - b.last);
    for (const [id, { reports }] of traces) {
      if (this.#waiting <= left) return;
      this.#traces.delete(id);
      this.#waiting -= reports.length;
      const places = new Map(reports.map(({ report, place }) => [report.span.spanId, place]));
      for (const span of joinHalves(reports.map(({ report }) => report))) {
        this.#spans.add(span, places.get(span.spanId) ?? {});
      }
    }
  }
}
