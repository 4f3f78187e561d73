/**
 * Zipkin's second format: a list of spans, or a list of such lists. Which half of a call a span is shows only when
 * all of its trace is known, so spans wait for the end of the file, up to a limit.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, ownAt, type Json } from '../../model/json.ts';
import { joinHalves } from './join-halves.ts';
import { readZipkinSpan, type ZipkinReport } from './read-span.ts';

const ZIPKIN = 'zipkin';
/** So many reports wait; a call whose halves lie further apart in a larger file is one span. */
const MAX_WAITING = 100_000;

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

class ZipkinSpans implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  #traces = new Map<string, { readonly report: ZipkinReport; readonly place: Place }[]>();
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
    const known = this.#traces.get(traceId);
    if (known === undefined) this.#traces.set(traceId, [{ report, place }]);
    else known.push({ report, place });
    if (++this.#waiting >= MAX_WAITING) this.#settle();
  }

  fragment(value: Json, place: Place): boolean {
    const isSpan =
      isJsonObject(value) && ownAt(value, 'traceId') !== undefined && ownAt(value, 'id') !== undefined;
    if (isSpan) this.value('', value, place);
    return isSpan;
  }

  end(): void {
    this.#settle();
    this.#spans.end();
  }

  #settle(): void {
    for (const reports of this.#traces.values()) {
      const places = new Map(reports.map(({ report, place }) => [report.span.spanId, place]));
      for (const span of joinHalves(reports.map(({ report }) => report))) {
        this.#spans.add(span, places.get(span.spanId) ?? {});
      }
    }
    this.#traces = new Map();
    this.#waiting = 0;
  }
}
