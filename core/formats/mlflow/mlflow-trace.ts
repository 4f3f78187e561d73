/**
 * MLflow's traces as `Trace.to_json`, its command line and its artifacts give them: `info` and `data.spans`, one
 * trace, lines or a list of them, or a page below `traces`; and `traces.json` of an artifact, spans alone. What
 * `info` says of the trace belongs to it, and is no span.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler, type ElementPlace } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonList, isJsonObject, objectAt, ownAt, type Json, type JsonObject } from '../../model/json.ts';
import { isMlflowSpan, readMlflowSpan } from './read-span.ts';
import { readInfo, traceIdOf } from './read-info.ts';

export const MLFLOW = 'mlflow';
const SPANS = ['data.spans', 'spans', 'traces.data.spans'] as const;
const INFOS = ['info', 'traces.info'] as const;
/** An attribute that MLflow gives each of its spans. */
const MARK = 'attributes.mlflow.traceRequestId';

export const mlflowTrace: ForeignFormat = {
  name: MLFLOW,
  label: 'MLflow trace',
  source: MLFLOW,
  sniff: ({ fields, text }: FileHead) => {
    if (SPANS.some((path) => fields.has(`${path}.${MARK}`))) return 1;
    const hasInfo = INFOS.some((path) => fields.has(`${path}.trace_id`) || fields.has(`${path}.request_id`));
    if (hasInfo && SPANS.some((path) => fields.has(path))) return 0.9;
    // A head that is damaged, or whose info is long, still has names that nobody else uses. OTLP may carry them.
    return /"mlflow\.(traceRequestId|traceName|trace_schema\.version)"/.test(text) ? 0.7 : 0;
  },
  open: (sink) => new ElementReader(sink, new MlflowTraces(sink), { paths: SPANS }),
};

class MlflowTraces implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  /** Of the trace whose object is open: its `info` may stand before or behind its spans. */
  #info: JsonObject | undefined;
  #ids = new Set<string>();

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, MLFLOW);
  }

  open(path: string): void {
    if (path === '' || path === 'traces') this.#settle();
  }

  close(path: string): void {
    if (path === '' || path === 'traces') this.#settle();
  }

  value(path: string, value: Json, place: ElementPlace): void {
    if (SPANS.some((each) => each === path)) this.#take(value, place);
    else if (INFOS.some((each) => each === path) && isJsonObject(value)) this.#info = value;
  }

  fragment(value: Json, place: ElementPlace): boolean {
    if (!isJsonObject(value)) return false;
    const list = ownAt(objectAt(value, 'data') ?? value, 'spans');
    if (isJsonList(list)) {
      this.#settle();
      this.#info = objectAt(value, 'info');
      for (const span of list) this.#take(span, { line: place.line, text: '' });
      this.#settle();
      return true;
    }
    if (isMlflowSpan(value)) this.#take(value, place);
    return isMlflowSpan(value);
  }

  end(): void {
    this.#settle();
    this.#spans.end();
  }

  #take(value: Json, { line, text }: ElementPlace): void {
    const span = readMlflowSpan(value, text);
    if (typeof span === 'string') {
      this.#sink.skip(span, { line });
      return;
    }
    this.#ids.add(span.traceId);
    this.#spans.add(span, { line });
  }

  #settle(): void {
    if (this.#info !== undefined) {
      // A trace without spans is a trace all the same.
      const ids = this.#ids.size > 0 ? [...this.#ids] : [traceIdOf(this.#info)];
      for (const id of ids) if (id !== undefined) this.#spans.describe(id, readInfo(this.#info));
    }
    this.#info = undefined;
    this.#ids = new Set();
  }
}
