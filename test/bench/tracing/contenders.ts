/** The libraries that are compared, each used as its own documentation says. */
import {
  BatchTraceProcessor,
  getGlobalTraceProvider,
  setTraceProcessors as setSdkProcessors,
  withAgentSpan,
  withFunctionSpan,
  withTrace,
} from '@openai/agents-core';
import { context, trace as otel, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import * as own from '../../../clients/tracing/index.ts';
import { QUEUE, work, type Contender } from './contender.ts';
import { LocalContextManager } from './local-context.ts';

export const tracebench: Contender = {
  name: 'tracebench/tracing',
  listen: (listener) =>
    own.setTraceProcessors(
      listener === 'nobody'
        ? []
        : [
            new own.BatchProcessor(
              { export: () => undefined },
              { maxQueueSize: QUEUE.queue, maxBatchSize: QUEUE.batch },
            ),
          ],
    ),
  run: (spans) =>
    own.trace({ workflowName: 'bench' }, () =>
      own.agentSpan({ name: 'Agent' }, async () => {
        for (let i = 0; i < spans; i++) {
          await own.functionSpan({ name: 'tool', input: '{"a":1}' }, async (span) => {
            span.spanData.output = await work(i);
          });
        }
      }),
    ),
  flush: () => own.flushTraces(),
};

export const agentsCore: Contender = {
  name: '@openai/agents-core',
  listen: (listener) =>
    setSdkProcessors(
      listener === 'nobody'
        ? []
        : [
            new BatchTraceProcessor(
              { export: () => Promise.resolve() },
              { maxQueueSize: QUEUE.queue, maxBatchSize: QUEUE.batch },
            ),
          ],
    ),
  run: (spans) =>
    withTrace('bench', () =>
      withAgentSpan(
        async () => {
          for (let i = 0; i < spans; i++) {
            await withFunctionSpan(
              async (span) => {
                span.spanData.output = await work(i);
              },
              { data: { name: 'tool', input: '{"a":1}', output: '' } },
            );
          }
        },
        { data: { name: 'Agent' } },
      ),
    ),
  flush: () => getGlobalTraceProvider().forceFlush(),
};

let provider = new BasicTracerProvider();
let tracer: Tracer = provider.getTracer('bench');
context.setGlobalContextManager(new LocalContextManager());

/** Runs `fn` in an active span as its documentation does: record, set the status, end. */
async function inSpan(
  name: string,
  fn: (span: ReturnType<Tracer['startSpan']>) => Promise<void>,
  attributes: Record<string, string> = {},
): Promise<void> {
  await tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      await fn(span);
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

export const openTelemetry: Contender = {
  name: '@opentelemetry/sdk-trace-base',
  listen: (listener) => {
    const exporter = {
      export: (_: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
      shutdown: () => Promise.resolve(),
    };
    const batch = { maxQueueSize: QUEUE.queue, maxExportBatchSize: QUEUE.batch };
    provider = new BasicTracerProvider({
      spanProcessors: listener === 'nobody' ? [] : [new BatchSpanProcessor(exporter, batch)],
    });
    tracer = provider.getTracer('bench');
    otel.setGlobalTracerProvider(provider);
  },
  run: (spans) =>
    inSpan('bench', () =>
      inSpan('Agent', async () => {
        for (let i = 0; i < spans; i++) {
          await inSpan(
            'tool',
            async (span) => {
              span.setAttribute('output', await work(i));
            },
            { input: '{"a":1}' },
          );
        }
      }),
    ),
  flush: () => provider.forceFlush(),
};
