/**
 * What Langfuse's SDKs before OpenTelemetry post: batches of events that create traces and observations and update
 * them, in any order. Events of one observation are laid together, so they wait for the end of the file.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { HeldReports } from '../foreign/held-reports.ts';
import { SpanConverter } from '../foreign/span-converter.ts';
import { isJsonObject, objectAt, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { readObservation } from './read-observation.ts';
import { readTrace } from './read-trace.ts';

const NAME = 'langfuse-ingestion';
const OBSERVATION =
  /^(span|generation|event|agent|tool|chain|retriever|evaluator|embedding|guardrail|observation)-(create|update)$/;

export const langfuseIngestion: ForeignFormat = {
  name: NAME,
  label: 'Langfuse ingestion batch',
  source: 'langfuse',
  sniff: ({ fields, text }: FileHead) => {
    if (fields.has('batch.body') && fields.has('batch.type')) return 1;
    return /"type":\s?"(trace|span|generation)-(create|update)"/.test(text) ? 0.7 : 0;
  },
  open: (sink) => new ElementReader(sink, new LangfuseEvents(sink), { paths: ['batch'] }),
};

class LangfuseEvents implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #spans: SpanConverter;
  readonly #observations: HeldReports;
  readonly #traces: HeldReports;
  readonly #scores = new Map<string, Json[]>();

  constructor(sink: ForeignSink) {
    this.#sink = sink;
    this.#spans = new SpanConverter(sink, NAME);
    const isWhole = (): boolean => false;
    this.#observations = new HeldReports({
      isWhole,
      take: (fields, place) => {
        const span = readObservation(readLegacyUsage(fields), undefined);
        if (typeof span === 'string') this.#sink.skip(span, place);
        else this.#spans.add(span, place);
      },
    });
    this.#traces = new HeldReports({
      isWhole,
      take: (trace) => {
        const id = stringAt(trace, 'id') ?? '';
        const scores = this.#scores.get(id);
        this.#spans.describe(id, readTrace(scores === undefined ? trace : { ...trace, scores }));
      },
    });
  }

  value(path: string, value: Json, { line }: Place): void {
    if (path === 'batch' && !this.#take(value, line === undefined ? {} : { line })) {
      this.#sink.skip('unknown-object', line === undefined ? {} : { line });
    }
  }

  fragment(value: Json, { line }: Place): boolean {
    return this.#take(value, line === undefined ? {} : { line });
  }

  end(): void {
    this.#observations.end();
    this.#traces.end();
    this.#spans.end();
  }

  #take(event: Json, place: Place): boolean {
    if (!isJsonObject(event)) return false;
    const type = stringAt(event, 'type') ?? '';
    const body = objectAt(event, 'body');
    const id = body === undefined ? undefined : stringAt(body, 'id');
    if (body === undefined || id === undefined || id === '') return false;
    const rank = `${stringAt(event, 'timestamp') ?? ''} ${type.endsWith('-update') ? '1' : '0'}`;
    const kind = OBSERVATION.exec(type)?.[1]?.toUpperCase();
    if (kind !== undefined) this.#observations.add(id, { fields: { type: kind, ...body }, rank }, place);
    else if (type === 'trace-create') this.#traces.add(id, { fields: body, rank }, place);
    else if (type === 'score-create') this.#score(body);
    else return false;
    return true;
  }

  #score(score: JsonObject): void {
    const traceId = stringAt(score, 'traceId') ?? '';
    const known = this.#scores.get(traceId);
    if (known === undefined) this.#scores.set(traceId, [score]);
    else known.push(score);
  }
}

/** Before `usageDetails` there was `usage`, in OpenAI's words or in Langfuse's own. */
function readLegacyUsage(body: JsonObject): JsonObject {
  const { usage, ...rest } = body;
  if (!isJsonObject(usage) || ownAt(rest, 'usageDetails') !== undefined) return body;
  const count = (...keys: readonly string[]): Json | undefined =>
    keys.map((key) => ownAt(usage, key)).find((value) => typeof value === 'number');
  const input = count('input', 'promptTokens', 'prompt_tokens');
  const output = count('output', 'completionTokens', 'completion_tokens');
  const total = count('total', 'totalTokens', 'total_tokens');
  return {
    ...rest,
    usageDetails: {
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(total !== undefined && { total }),
    },
  };
}
