/** OTLP at the door: the real exporters of OpenTelemetry, and what a careless or hostile client may send. */
import { gzipSync } from 'node:zlib';
import { context, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it } from 'vitest';
import { call, openTestDoor } from './door-fixture.ts';

const URL_OF = (port: number, path: string): string => `http://127.0.0.1:${String(port)}${path}`;

/** One agent that calls a model, a tool that fails, and the model again. */
function runAgent(tracer: Tracer): void {
  tracer.startActiveSpan(
    'invoke_agent Triage',
    {
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'Triage',
        'gen_ai.conversation.id': 'c-1',
      },
    },
    (agent) => {
      const within = trace.setSpan(context.active(), agent);
      for (const [input, output] of [
        [100, 10],
        [150, 20],
      ] as const) {
        const chat = tracer.startSpan(
          'chat gpt-5',
          {
            attributes: {
              'gen_ai.operation.name': 'chat',
              'gen_ai.provider.name': 'openai',
              'gen_ai.request.model': 'gpt-5',
              'gen_ai.usage.input_tokens': input,
              'gen_ai.usage.output_tokens': output,
              'gen_ai.input.messages': JSON.stringify([
                { role: 'user', parts: [{ type: 'text', content: 'Grüße' }] },
              ]),
            },
          },
          within,
        );
        chat.end();
      }
      const tool = tracer.startSpan(
        'execute_tool lookup',
        { attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' } },
        within,
      );
      tool.setStatus({ code: SpanStatusCode.ERROR, message: 'not found' });
      tool.end();
      agent.end();
    },
  );
}

async function exportRun(exporter: SpanExporter): Promise<void> {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  runAgent(provider.getTracer('test'));
  await provider.forceFlush();
  await provider.shutdown();
}

afterEach(() => {
  context.disable();
});

describe('OTLP at the door', () => {
  it.each([
    ['JSON', (port: number) => new JsonExporter({ url: URL_OF(port, '/v1/traces') })],
    ['protobuf', (port: number) => new ProtobufExporter({ url: URL_OF(port, '/v1/traces') })],
  ])('takes what the real exporter sends as %s', async (_, makeExporter) => {
    const { port, store, board } = await openTestDoor();
    await exportRun(makeExporter(port));
    const summaries = store.library.summaries();
    const agent = summaries.find(({ spansByKind }) => spansByKind.agent === 1);
    const spans = summaries.reduce((sum, each) => sum + each.spans, 0);
    expect(spans).toBe(4);
    expect(agent).toMatchObject({ groupId: 'c-1', agents: ['Triage'], sources: ['otel-genai'] });
    expect(summaries.reduce((sum, { errors }) => sum + errors, 0)).toBe(1);
    expect(summaries.reduce((sum, { tokens }) => sum + (tokens.total ?? 0), 0)).toBe(280);
    expect(board.counts.rejects).toEqual([]);
  });

  it('answers an empty message in the encoding it was spoken to', async () => {
    const { port } = await openTestDoor();
    const json = await call(port, { path: '/v1/traces', body: '{"resourceSpans":[]}' });
    expect([json.status, json.headers['content-type'], json.body]).toEqual([200, 'application/json', '{}']);
    const type = 'application/x-protobuf';
    const binary = await call(port, { path: '/v1/traces', headers: { 'content-type': type }, body: '' });
    expect([binary.status, binary.headers['content-type'], binary.body]).toEqual([200, type, '']);
  });

  it('keeps the good spans of a mixed body and says how many it did not', async () => {
    const { port, store, board } = await openTestDoor();
    const spans = [SPAN, { ...SPAN, spanId: '' }, 7];
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    const answer = await call(port, {
      path: '/v1/traces',
      body: gzipSync(body),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      partialSuccess: { rejectedSpans: 2, errorMessage: 'Not kept: span-without-id, not-an-object.' },
    });
    expect(store.library.summaries()).toMatchObject([{ spans: 1, durationMs: 1000 }]);
    expect(board.counts.rejects.map(({ code }) => code).sort()).toEqual(['not-an-object', 'span-without-id']);
  });

  it.each([
    ['no JSON', '{"resourceSpans":[', 'application/json', 400],
    ['text', 'hello', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['no protobuf', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff]), 'application/x-protobuf', 400],
    ['a protobuf cut short', Buffer.from([0x0a, 0x20, 0x12, 0x10]), 'application/x-protobuf', 400],
    ['another type', 'x', 'text/plain', 415],
  ])('refuses a body of %s as a whole', async (_, body, type, status) => {
    const { port, store } = await openTestDoor();
    const answer = await call(port, { path: '/v1/traces', body, headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(store.library.traceCount).toBe(0);
  });

  it('is not held up by a body of nothing but junk', async () => {
    const { port } = await openTestDoor();
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[${'0,'.repeat(2_000_000)}0]}]}]}`;
    expect((await call(port, { path: '/v1/traces', body })).status).toBe(413);
  });

  it('says 503 with retry-after while the journal cannot be written', async () => {
    const { port } = await openTestDoor({ isRefusing: () => true });
    const answer = await call(port, { path: '/v1/traces', body: '{}' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
  });

  it('takes metrics and forgets them', async () => {
    const { port, store } = await openTestDoor();
    const answer = await call(port, { path: '/v1/metrics', body: '{"resourceMetrics":[{}]}' });
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    expect(store.library.traceCount).toBe(0);
  });

  it.each([[['/v1/traces', '/v1/logs']], [['/v1/logs', '/v1/traces']]])(
    'joins the messages of log records to their span, whatever comes first: %s',
    async (paths) => {
      const { port, store } = await openTestDoor();
      const log = (name: string, body: object): object => ({
        traceId: SPAN.traceId,
        spanId: SPAN.spanId,
        eventName: name,
        timeUnixNano: '1',
        body: {
          kvlistValue: {
            values: Object.entries(body).map(([key, stringValue]) => ({
              key,
              value: { stringValue: String(stringValue) },
            })),
          },
        },
      });
      const logRecords = [
        log('gen_ai.user.message', { content: 'Hi' }),
        log('gen_ai.choice', { content: 'Ho' }),
        {},
      ];
      const bodies: Record<string, unknown> = {
        '/v1/traces': { resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] },
        '/v1/logs': { resourceLogs: [{ scopeLogs: [{ logRecords }] }] },
      };
      for (const path of paths) {
        expect((await call(port, { path, body: JSON.stringify(bodies[path]) })).body).toBe('{}');
      }
      const [span] = store.readSpans(SPAN.traceId, [SPAN.spanId]);
      expect(span).toMatchObject({ reports: 2, diagnostics: [] });
      expect(span?.record['span_data']).toMatchObject({
        type: 'generation',
        model: 'gpt-5',
        input: [{ role: 'user', content: 'Hi' }],
        output: [{ role: 'assistant', content: 'Ho' }],
      });
      expect(store.library.summaries()).toMatchObject([{ spans: 1, spansByKind: { generation: 1 } }]);
    },
  );

  it('takes what the real log exporter sends', async () => {
    const { port, board } = await openTestDoor();
    const provider = new LoggerProvider({
      processors: [
        new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: URL_OF(port, '/v1/logs') }) }),
      ],
    });
    provider.getLogger('test').emit({ body: 'plain' });
    await provider.forceFlush();
    await provider.shutdown();
    expect(board.counts.rejects).toEqual([]);
  });
});

const SPAN = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  name: 'chat gpt-5',
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
  attributes: [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.request.model', value: { stringValue: 'gpt-5' } },
  ],
};
