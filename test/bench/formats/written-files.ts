/**
 * Files of each format for the bench, made span by span so that none stands in memory whole: every tenth span is a
 * call of a model with a text, half of the texts outside of ASCII. A hundred spans are a trace.
 */
import type { JsonObject } from '../../../core/model/json.ts';
import { generateLines } from '../../generate/generate.ts';

export interface WrittenFile {
  readonly format: string;
  /** One value a line; else the file is one value. */
  readonly isLines: boolean;
  write(spans: number): Iterable<string>;
}

const TRACE_SPANS = 100;
const START_US = 1_760_000_000_000_000;
const TEXTS = [
  'The answer depends on what was asked before, and on who asked it. '.repeat(6),
  'Die Antwort hängt davon ab, was vorher gefragt wurde – und von wem: größer, älter, schöner. '.repeat(4),
  '答案取决于之前问了什么，以及是谁问的。'.repeat(12),
  'Here are the numbers you wanted: 1, 2, 3, 5, 8, 13, 21. '.repeat(7),
  'Прекрасно! 🎉 Всё готово, можно продолжать 🚀. '.repeat(8),
];

interface Drawn {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly startUs: number;
  readonly isCall: boolean;
  readonly text: string;
}

/** The spans of one trace: a root, and below it what calls what. */
function drawTrace(trace: number, count: number): Drawn[] {
  return Array.from({ length: count }, (_, i) => {
    const number = trace * TRACE_SPANS + i;
    return {
      trace: hex(trace + 1, 32),
      id: hex(number + 1, 16),
      parent: i === 0 ? undefined : hex(trace * TRACE_SPANS + Math.floor((i - 1) / 10) + 1, 16),
      name: i % 10 === 1 ? 'chat model' : `step ${String(i % 7)}`,
      startUs: START_US + number * 1000,
      isCall: i % 10 === 1,
      text: TEXTS[number % TEXTS.length] ?? '',
    };
  });
}

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');

function* drawTraces(spans: number): Generator<Drawn[]> {
  for (let trace = 0; trace * TRACE_SPANS < spans; trace++) {
    yield drawTrace(trace, Math.min(TRACE_SPANS, spans - trace * TRACE_SPANS));
  }
}

/** `before`, the values with commas between them, `after`. */
function* joined(before: string, values: Iterable<JsonObject>, after: string): Generator<string> {
  let separator = before;
  for (const value of values) {
    yield separator + JSON.stringify(value);
    separator = ',';
  }
  yield after;
}

function* eachTrace(spans: number, make: (drawn: readonly Drawn[]) => JsonObject): Generator<JsonObject> {
  for (const drawn of drawTraces(spans)) yield make(drawn);
}

function* eachSpan(spans: number, make: (drawn: Drawn) => JsonObject): Generator<JsonObject> {
  for (const drawn of drawTraces(spans)) yield* drawn.map(make);
}

const iso = (us: number): string => new Date(us / 1000).toISOString();
const attribute = (key: string, stringValue: string): JsonObject => ({ key, value: { stringValue } });

function callAttributes({ text }: Drawn): readonly (readonly [string, string])[] {
  return [
    ['gen_ai.operation.name', 'chat'],
    ['gen_ai.request.model', 'gpt-5'],
    ['gen_ai.usage.input_tokens', '210'],
    ['gen_ai.usage.output_tokens', '40'],
    ['gen_ai.input.messages', JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: text }] }])],
  ];
}

const plainAttributes = ({ name }: Drawn): readonly (readonly [string, string])[] => [['step', name]];
const attributesOf = (drawn: Drawn): readonly (readonly [string, string])[] =>
  drawn.isCall ? callAttributes(drawn) : plainAttributes(drawn);

function otlpLine(drawn: readonly Drawn[]): JsonObject {
  const spans = drawn.map((span) => ({
    traceId: span.trace,
    spanId: span.id,
    ...(span.parent !== undefined && { parentSpanId: span.parent }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: `${String(span.startUs)}000`,
    endTimeUnixNano: `${String(span.startUs + 900)}000`,
    attributes: attributesOf(span).map(([key, value]) => attribute(key, value)),
  }));
  const resource = { attributes: [attribute('service.name', 'bench')] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] };
}

function jaegerTrace(drawn: readonly Drawn[]): JsonObject {
  const spans = drawn.map((span) => ({
    traceID: span.trace,
    spanID: span.id,
    operationName: span.name,
    references:
      span.parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: span.trace, spanID: span.parent }],
    startTime: span.startUs,
    duration: 900,
    tags: attributesOf(span).map(([key, value]) => ({ key, type: 'string', value })),
    logs: [],
    processID: 'p1',
  }));
  return { traceID: drawn[0]?.trace ?? '', spans, processes: { p1: { serviceName: 'bench', tags: [] } } };
}

const zipkinSpan = (span: Drawn): JsonObject => ({
  traceId: span.trace,
  id: span.id,
  ...(span.parent !== undefined && { parentId: span.parent }),
  name: span.name,
  timestamp: span.startUs,
  duration: 900,
  localEndpoint: { serviceName: 'bench' },
  tags: Object.fromEntries(attributesOf(span)),
});

function langfuseTrace(drawn: readonly Drawn[]): JsonObject {
  const observations = drawn.map((span) => ({
    id: span.id,
    traceId: span.trace,
    parentObservationId: span.parent ?? null,
    type: span.isCall ? 'GENERATION' : 'SPAN',
    name: span.name,
    startTime: iso(span.startUs),
    endTime: iso(span.startUs + 1000),
    level: 'DEFAULT',
    ...(span.isCall && {
      model: 'gpt-5',
      input: JSON.stringify([{ role: 'user', content: span.text }]),
      usageDetails: { input: 210, output: 40, total: 250 },
    }),
  }));
  return { trace: { id: drawn[0]?.trace ?? '', projectId: 'p', name: 'bench' }, observations };
}

const chromeEvent = (span: Drawn): JsonObject => ({
  ph: 'X',
  name: span.name,
  cat: 'bench',
  pid: 1,
  tid: 1,
  ts: span.startUs,
  dur: 900,
  args: Object.fromEntries(attributesOf(span)),
});

function* speedscopeEvents(spans: number): Generator<JsonObject> {
  for (let i = 0; i < spans; i++) {
    yield { type: 'O', frame: i % 3, at: i * 10 };
    yield { type: 'C', frame: i % 3, at: i * 10 + 9 };
  }
}

const SPEEDSCOPE_HEAD =
  '{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"},{"name":"größer"},{"name":"答"}]},' +
  '"profiles":[{"type":"evented","name":"bench","unit":"microseconds","startValue":0,"endValue":0,"events":[';

export const WRITTEN_FILES: readonly WrittenFile[] = [
  { format: 'openai-agents', isLines: true, write: (spans) => generateLines({ seed: spans, spans }) },
  { format: 'otlp', isLines: true, write: (spans) => linesOf(eachTrace(spans, otlpLine)) },
  {
    format: 'jaeger',
    isLines: false,
    write: (spans) => joined('{"data":[', eachTrace(spans, jaegerTrace), ']}'),
  },
  { format: 'zipkin', isLines: false, write: (spans) => joined('[', eachSpan(spans, zipkinSpan), ']') },
  { format: 'langfuse', isLines: false, write: (spans) => joined('[', eachTrace(spans, langfuseTrace), ']') },
  {
    format: 'chrome-trace',
    isLines: false,
    write: (spans) => joined('[', eachSpan(spans, chromeEvent), ']'),
  },
  {
    format: 'speedscope',
    isLines: false,
    write: (spans) => joined(SPEEDSCOPE_HEAD, speedscopeEvents(spans), ']}]}'),
  },
];

function* linesOf(values: Iterable<JsonObject>): Generator<string> {
  for (const value of values) yield JSON.stringify(value);
}
