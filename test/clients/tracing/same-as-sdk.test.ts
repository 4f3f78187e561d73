import {
  addTraceProcessor as addSdkProcessor,
  getGlobalTraceProvider,
  setTracingDisabled as setSdkDisabled,
  setTraceProcessors as setSdkProcessors,
  withAgentSpan,
  withCustomSpan,
  withFunctionSpan,
  withGenerationSpan,
  withGuardrailSpan,
  withHandoffSpan,
  withMCPListToolsSpan,
  withSpeechSpan,
  withTrace,
  withTranscriptionSpan,
} from '@openai/agents-core';
import { afterEach, expect, it } from 'vitest';
import * as own from '../../../clients/tracing/index.ts';

/** The functions that both libraries have under the same name, in the same order of arguments. */
const sdk = {
  ...{ withTrace, withAgentSpan, withGenerationSpan, withFunctionSpan, withGuardrailSpan, withHandoffSpan },
  ...{ withCustomSpan, withMCPListToolsSpan, withTranscriptionSpan, withSpeechSpan },
};

afterEach(() => {
  own.setTraceProcessors([]);
  setSdkProcessors([]);
  setSdkDisabled(true);
});

/** One workflow with every kind that both can make by hand, once more with a failing tool. */
async function workflow(lib: typeof sdk): Promise<void> {
  const usage = { input_tokens: 7, output_tokens: 3 };
  await lib.withTrace(
    'Support',
    async () => {
      await lib.withAgentSpan(
        async () => {
          await lib.withMCPListToolsSpan(async () => Promise.resolve(), {
            data: { server: 's', result: ['t'] },
          });
          await lib.withGenerationSpan(
            async (span) => {
              span.spanData.output = [{ role: 'assistant', content: 'hi' }];
              await Promise.resolve();
            },
            {
              data: {
                model: 'm',
                input: [{ role: 'user', content: 'hi' }],
                model_config: { top_p: 1 },
                usage,
              },
            },
          );
          await lib
            .withFunctionSpan(() => Promise.reject(Object.assign(new Error('no'), { data: { code: 1 } })), {
              data: { name: 'f', input: '{}', output: '' },
            })
            .catch(() => undefined);
          await lib.withGuardrailSpan(async () => Promise.resolve(), {
            data: { name: 'g', triggered: true },
          });
          await lib.withHandoffSpan(async () => Promise.resolve(), {
            data: { from_agent: 'A', to_agent: 'B' },
          });
        },
        { data: { name: 'A', handoffs: ['B'], tools: ['f'], output_type: 'text' } },
      );
      await lib.withCustomSpan(async () => Promise.resolve(), {
        data: { name: 'c', data: { a: { b: [1, null] } } },
      });
      await lib.withTranscriptionSpan(async () => Promise.resolve(), {
        data: { input: { data: 'AA==', format: 'pcm' }, model: 'w', output: 'hi' },
      });
      await lib.withSpeechSpan(async () => Promise.resolve(), {
        data: { input: 'hi', output: { data: 'AA==', format: 'pcm' }, model: 't' },
      });
    },
    { groupId: 'g', metadata: { k: 'v' } },
  );
}

/** Ids as the order of their first appearance; times as whether they are there. */
function normalize(items: readonly unknown[]): unknown {
  const ids: string[] = [];
  const text = JSON.stringify(items).replace(/"(trace|span)_[0-9a-f]+"/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `"id ${ids.indexOf(id)}"`;
  });
  return JSON.parse(text.replace(/"\d{4}-\d\d-\d\dT[^"]+Z"/g, '"a time"'));
}

it('exports of a workflow exactly what the SDK exports, but for ids and times', async () => {
  const items: Record<'own' | 'sdk', unknown[]> = { own: [], sdk: [] };
  own.setTraceProcessors([
    {
      onTraceStart: (made) => items.own.push(made.toJSON()),
      onSpanEnd: (span) => items.own.push(span.toJSON()),
    },
  ]);
  setSdkDisabled(false);
  setSdkProcessors([]);
  addSdkProcessor({
    onTraceStart: (made) => Promise.resolve(void items.sdk.push(made.toJSON())),
    onTraceEnd: () => Promise.resolve(),
    onSpanStart: () => Promise.resolve(),
    onSpanEnd: (span) => Promise.resolve(void items.sdk.push(span.toJSON())),
    shutdown: () => Promise.resolve(),
    forceFlush: () => Promise.resolve(),
  });
  await workflow(sdk);
  await getGlobalTraceProvider().forceFlush();
  // The very same program: what differs is the library behind it.
  await workflow(own as unknown as typeof sdk);
  expect(items.own).toHaveLength(10);
  expect(normalize(items.own)).toEqual(normalize(items.sdk));
});
