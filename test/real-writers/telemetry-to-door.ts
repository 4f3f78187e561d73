/** A program's OpenTelemetry, exported by the real exporters into a real door. */
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BasicTracerProvider,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { onTestFinished } from 'vitest';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { objectAt, stringAt, type JsonObject } from '../../core/model/json.ts';
import { openTestDoor } from '../electron/host/door/door-fixture.ts';

export type Encoding = 'JSON' | 'protobuf';
export const ENCODINGS: readonly Encoding[] = ['JSON', 'protobuf'];

export interface Telemetry {
  readonly provider: BasicTracerProvider;
  /** Waits for the last export and tells what the door took. */
  finish(): Promise<Taken>;
}

export interface Taken {
  readonly summaries: readonly TraceSummary[];
  readonly rejects: readonly unknown[];
  /** The spans as the journal keeps them, by their start. */
  readonly spans: readonly JsonObject[];
}

export async function openTelemetry(
  encoding: Encoding,
  makeProcessor: (exporter: SpanExporter) => SpanProcessor = (exporter) => new SimpleSpanProcessor(exporter),
): Promise<Telemetry> {
  const { port, store, board } = await openTestDoor();
  const url = `http://127.0.0.1:${String(port)}/v1/traces`;
  const exporter = encoding === 'JSON' ? new JsonExporter({ url }) : new ProtobufExporter({ url });
  const provider = new BasicTracerProvider({ spanProcessors: [makeProcessor(exporter)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  onTestFinished(() => {
    context.disable();
    trace.disable();
  });
  return {
    provider,
    finish: async () => {
      await provider.forceFlush();
      await provider.shutdown();
      const summaries = store.library.summaries();
      const records = summaries.flatMap(({ id }) => {
        const table = store.library.findTrace(id)?.spans;
        const spanIds = Array.from({ length: table?.length ?? 0 }, (_, row) => table?.spanId(row) ?? '');
        return store.readSpans(id, spanIds).map(({ record }) => record);
      });
      return {
        summaries,
        rejects: board.counts.rejects,
        spans: records.sort((a, b) => startOf(a).localeCompare(startOf(b))),
      };
    },
  };
}

/** Starts are told in milliseconds, which two calls of a stub may share; ends are finer. */
function startOf(record: JsonObject): string {
  return `${stringAt(record, 'started_at') ?? ''} ${stringAt(record, 'ended_at') ?? ''}`;
}

/** `span_data` of the spans that the program called so. */
export function dataOf({ spans }: Taken, name: string): readonly JsonObject[] {
  return spans.flatMap((record) => {
    const isCalledSo = stringAt(objectAt(record, 'origin') ?? {}, 'name') === name;
    return isCalledSo ? [objectAt(record, 'span_data') ?? {}] : [];
  });
}
