/** What real exporters put on the wire, captured between them and the door, and read as a file. */
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  BatchTraceProcessor,
  getGlobalTraceProvider,
  OpenAITracingExporter,
  setTracingDisabled,
  withAgentSpan,
  withFunctionSpan,
  withTrace,
} from '@openai/agents';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { beforeEach, expect, it, vi } from 'vitest';
import { openTestDoor, type DoorFixture } from '../electron/host/door/door-fixture.ts';
import { startCaptureProxy, type CaptureProxy } from './capture-proxy.ts';
import { foldWritten } from './read-written.ts';

interface Wire {
  readonly door: DoorFixture;
  readonly proxy: CaptureProxy;
}

async function openWire(): Promise<Wire> {
  const door = await openTestDoor();
  return { door, proxy: await startCaptureProxy(door.port) };
}

/** Two traces, each sent as soon as it is complete: at least two requests. */
async function runAgents({ proxy }: Wire): Promise<void> {
  const exporter = new OpenAITracingExporter({ endpoint: `${proxy.url}/v1/traces/ingest`, apiKey: 'x' });
  const processor = new BatchTraceProcessor(exporter);
  getGlobalTraceProvider().setProcessors([processor]);
  for (const name of ['Grüße', 'Second']) {
    await withTrace(name, async () => {
      await withAgentSpan(
        async () => {
          await withFunctionSpan(() => Promise.resolve(), {
            data: { name: 'lookup', input: '{}', output: 'ok' },
          });
        },
        { data: { name: 'Helper' } },
      );
    });
    await processor.forceFlush();
  }
  getGlobalTraceProvider().setProcessors([]);
}

async function runTelemetry(exporter: SpanExporter): Promise<void> {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.getTracer('program').startSpan('one').end();
  provider.getTracer('program').startSpan('two').end();
  await provider.forceFlush();
  await provider.shutdown();
}

beforeEach(() => {
  setTracingDisabled(false);
  vi.stubEnv('OPENAI_API_KEY', 'x');
  return () => {
    setTracingDisabled(true);
    vi.unstubAllEnvs();
  };
});

it('The requests of the SDK are read as the door read them', async () => {
  const wire = await openWire();
  await runAgents(wire);
  const summaries = wire.door.store.library.summaries();
  expect(summaries.map(({ spans }) => spans)).toEqual([2, 2]);
  for (const withAnswers of [false, true]) {
    const folded = await foldWritten(wire.proxy.captured(withAnswers));
    expect(folded.files).toMatchObject([
      { format: 'openai-agents', traces: 2, spans: 4, skipped: 0, diagnostics: [] },
    ]);
    const seen = folded.summaries.map(({ id, workflowName, spans, agents }) => ({
      id,
      workflowName,
      spans,
      agents,
    }));
    expect(seen).toHaveLength(2);
    for (const { id, workflowName, spans, agents } of summaries) {
      expect(seen).toContainEqual({ id, workflowName, spans, agents });
    }
    expect(seen.map(({ workflowName }) => workflowName).sort()).toEqual(['Grüße', 'Second']);
  }
});

it.each([
  ['JSON', 'otlp', (url: string) => new JsonExporter({ url })],
  [
    'JSON in gzip',
    'otlp',
    (url: string) => new JsonExporter({ url, compression: CompressionAlgorithm.GZIP }),
  ],
  ['protobuf', 'otlp-protobuf', (url: string) => new ProtobufExporter({ url })],
  [
    'protobuf in gzip',
    'otlp-protobuf',
    (url: string) => new ProtobufExporter({ url, compression: CompressionAlgorithm.GZIP }),
  ],
])('Requests of OpenTelemetry are read, whatever they are in: %s', async (_, format, makeExporter) => {
  const { proxy } = await openWire();
  await runTelemetry(makeExporter(`${proxy.url}/v1/traces`));
  const { files } = await foldWritten(proxy.captured(true));
  expect(files).toMatchObject([{ format, traces: 2, spans: 2, diagnostics: [] }]);
});

it('Requests to several addresses are entries of the capture', async () => {
  const wire = await openWire();
  await runAgents(wire);
  await runTelemetry(new ProtobufExporter({ url: `${wire.proxy.url}/v1/traces` }));
  const { files } = await foldWritten(wire.proxy.captured());
  expect(files).toMatchObject([{ format: 'http', traces: 4, spans: 6, diagnostics: [] }]);
  expect(files[0]?.entries?.map(({ format, spans }) => [format, spans])).toEqual([
    ['openai-agents', 4],
    ['otlp-protobuf', 2],
  ]);
});

it('A body in chunks and gzip, as a proxy may send it on, is put together', async () => {
  const wire = await openWire();
  await runAgents(wire);
  const body = wire.proxy.captured().toString('utf8');
  const json = body.slice(body.indexOf('{"data"'), body.indexOf('POST', 10));
  const packed = gzipSync(json);
  const second = await startCaptureProxy(wire.door.port);
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(`${second.url}/v1/traces/ingest`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'transfer-encoding': 'chunked',
      },
    });
    outgoing.on('response', (answer) => {
      answer.resume().on('end', resolve);
    });
    outgoing.on('error', reject);
    outgoing.write(packed.subarray(0, 50));
    outgoing.end(packed.subarray(50));
  });
  const { files } = await foldWritten(second.captured());
  expect(files).toMatchObject([{ format: 'openai-agents', traces: 1, spans: 2, diagnostics: [] }]);
});

it('A capture that is cut gives what stands before, and says so', async () => {
  const wire = await openWire();
  await runAgents(wire);
  const bytes = wire.proxy.captured();
  const { files } = await foldWritten(bytes.subarray(0, bytes.length - 50));
  expect(files[0]?.spans).toBeGreaterThanOrEqual(2);
  expect(files[0]?.diagnostics.map(({ code }) => code)).toContain('cut-short');
});
