/**
 * Langfuse's export of one trace, as the UI downloads it (`trace` and `observations`) and as the API answers (a trace
 * that has `observations`); a list of them as well. The trace is the trace, never a span.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { without } from '../genai/without.ts';
import { readObservation } from './read-observation.ts';
import { readTrace } from './read-trace.ts';

const LANGFUSE = 'langfuse';
const PATHS = ['observations', 'trace.observations'] as const;
const MAX_HELD = 20_000;

export const langfuseTrace: ForeignFormat = {
  name: LANGFUSE,
  label: 'Langfuse trace',
  source: LANGFUSE,
  sniff: ({ fields, text }: FileHead) => {
    const hasMarks =
      fields.has('observations.parentObservationId') || fields.has('observations.usageDetails');
    if (fields.has('observations') && hasMarks) return 1;
    // The list may begin behind the head of the file, or the head be damaged.
    if (fields.has('trace.projectId') || (fields.has('projectId') && fields.has('sessionId'))) return 0.8;
    return /"parentObservationId"/.test(text) ? 0.6 : 0;
  },
  open: (sink) => new ElementReader(sink, new LangfuseTraces(sink), { paths: PATHS }),
};

class LangfuseTraces implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  #fields: Record<string, Json> = {};
  /** The trace that the observations of this object named. */
  #traceId: string | undefined;
  readonly #seen = new Set<string>();
  /** The UI lists observations twice, once without what they hold; of use where the full ones are damaged or cut. */
  #poorer = new Map<string, { readonly raw: JsonObject; readonly place: Place }>();

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, LANGFUSE);
  }

  open(path: string): void {
    if (path === '') this.#begin();
  }

  value(path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (path === 'observations') this.#observe(value, place);
    else if (path === 'trace.observations') this.#hold(value, place);
    else this.#fields[path.replace(/^trace\./, '')] = value;
  }

  close(path: string): void {
    if (path === '') this.#settle();
  }

  fragment(value: Json, { line }: Place): boolean {
    if (!isJsonObject(value)) return false;
    const place = line === undefined ? {} : { line };
    const whole = ownAt(value, 'observations');
    if (isJsonList(whole)) {
      whole.forEach((each) => {
        this.#hold(each, place);
      });
      if (stringAt(value, 'id') !== undefined) Object.assign(this.#fields, without(value, 'observations'));
      return true;
    }
    const isObservation = stringAt(value, 'traceId') !== undefined && ownAt(value, 'startTime') !== undefined;
    if (isObservation) this.#hold(value, place);
    return isObservation;
  }

  end(): void {
    // A file that was cut never closed its object.
    this.#settle();
    this.#spans.end();
  }

  #begin(): void {
    this.#fields = {};
    this.#traceId = undefined;
  }

  #observe(raw: Json, place: Place): void {
    const span = readObservation(raw, stringAt(this.#fields, 'id') ?? this.#traceId);
    if (typeof span === 'string') {
      this.#sink.skip(span, place);
      return;
    }
    this.#traceId = span.traceId;
    this.#seen.add(span.spanId);
    this.#spans.add(span, place);
  }

  #hold(raw: Json, place: Place): void {
    if (!isJsonObject(raw)) return;
    const id = stringAt(raw, 'id') ?? '';
    const known = this.#poorer.get(id);
    const isFuller = known === undefined || JSON.stringify(raw).length > JSON.stringify(known.raw).length;
    if (isFuller && this.#poorer.size < MAX_HELD) this.#poorer.set(id, { raw, place });
  }

  #settle(): void {
    for (const [id, { raw, place }] of this.#poorer) if (!this.#seen.has(id)) this.#observe(raw, place);
    this.#poorer = new Map();
    this.#seen.clear();
    const id = stringAt(this.#fields, 'id') ?? this.#traceId;
    if (id !== undefined && id !== '') this.#spans.describe(id, readTrace(this.#fields));
    this.#begin();
  }
}
