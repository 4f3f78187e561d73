/**
 * What the OpenTelemetry Python SDK prints: its ConsoleSpanExporter writes each span as one object, by itself
 * over many lines, or on one line where the program gave it a formatter. What else the program printed between
 * them is passed over, and said.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readConsoleSpan } from './read-span.ts';

const CONSOLE = 'otel-console';

export const otelConsole: ForeignFormat = {
  name: CONSOLE,
  label: 'OpenTelemetry Python console',
  source: CONSOLE,
  sniff: ({ fields, text }: FileHead) => {
    const isSpan =
      fields.get('context.trace_id')?.startsWith('0x') === true &&
      fields.get('kind')?.startsWith('SpanKind.') === true;
    if (isSpan) return 1;
    // Other words of the program may stand before the first span, and a log's line may look like JSON.
    return /"kind": ?"SpanKind\./.test(text) && /"trace_id": ?"0x/.test(text) ? 0.8 : 0;
  },
  open: (sink) => new ElementReader(sink, new ConsoleSpans(sink), { paths: [''] }),
};

class ConsoleSpans implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  /** Resources by their text: every span repeats that of its program. */
  readonly #resources = new Map<string, JsonObject>();

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, CONSOLE);
  }

  value(_: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (isJsonObject(value) && !isSpan(value)) {
      // The SDK's other two exporters of the console.
      if (ownAt(value, 'resource_metrics') !== undefined) this.#sink.skip('metrics-not-kept', place);
      else this.#sink.skip(stringAt(value, 'trace_id') === undefined ? 'not-a-span' : 'log-not-kept', place);
      return;
    }
    const span = readConsoleSpan(value);
    if (typeof span === 'string') this.#sink.skip(span, place);
    else this.#spans.add({ ...span, resource: this.#shared(span.resource) }, place);
  }

  fragment(value: Json, { line }: Place): boolean {
    const isOurs = isJsonObject(value) && isSpan(value);
    if (isOurs) this.value('', value, line === undefined ? {} : { line });
    return isOurs;
  }

  end(): void {
    this.#spans.end();
  }

  #shared(resource: JsonObject): JsonObject {
    const text = JSON.stringify(resource);
    const known = this.#resources.get(text);
    if (known === undefined) this.#resources.set(text, resource);
    return known ?? resource;
  }
}

/** True for an object with the fields that the SDK always prints. */
function isSpan(value: JsonObject): boolean {
  return objectAt(value, 'context') !== undefined && ownAt(value, 'start_time') !== undefined;
}
