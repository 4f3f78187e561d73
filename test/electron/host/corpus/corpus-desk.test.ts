/** Questions over the traces of a store: up to date, one at a time, and stopped when asked to. */
import { expect, onTestFinished, test } from 'vitest';
import { computeCorpusInsights } from '../../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusLoops } from '../../../../core/analysis/corpus/corpus-loops.ts';
import { computeCorpusMap } from '../../../../core/analysis/corpus/corpus-map.ts';
import type { CorpusProgress, CorpusScope } from '../../../../core/rpc/corpus.ts';
import {
  BadQueryError,
  CancelledError,
  CorpusDesk,
  type AskCorpus,
} from '../../../../electron/host/corpus/corpus-desk.ts';
import { readPrices } from '../../../../electron/host/prices/read-prices.ts';
import { plantCorpus } from '../../../generate/plant-corpus.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';

async function openDesk(traces = 40) {
  const directory = await makeTemporaryDirectory();
  const { store } = await openTestStore(directory);
  await store.append(makeBatch(plantCorpus({ seed: 3, traces, planted: true }).records), false);
  const desk = new CorpusDesk({
    library: store.library,
    clock: () => NOW_US,
    readPrices: () => readPrices(directory),
  });
  onTestFinished(() => {
    desk.stop();
  });
  const told: CorpusProgress[] = [];
  const ask = <Result extends { readonly scope: CorpusScope }>(
    query: string,
    make: AskCorpus<Result>,
    runId = 'r1',
  ): Promise<Result> =>
    desk.ask({ runId, query }, make, (progress) => {
      told.push(progress);
    });
  return { store, desk, ask };
}

test('a query chooses the traces, and every trace stands for itself', async () => {
  const { ask, store } = await openDesk();
  const all = await ask('', computeCorpusMap);
  expect(all.scope.traces).toBe(store.library.traceCount);
  const some = await ask('agent:Billing', computeCorpusMap);
  const billing = all.nodes.find(({ agent }) => agent === 'Billing');
  expect(some.scope.traces).toBe(billing?.reach.traces);
  const slow = await ask('span(kind:function error:true) cost>0', computeCorpusMap);
  const summaries = store.library.summaries();
  const failing = summaries.filter(({ tools }) => Object.values(tools).some(({ errors }) => errors > 0));
  expect(slow.scope.traces).toBe(failing.length);
});

test('what came or went since the last question counts', async () => {
  const { ask, store } = await openDesk();
  const before = await ask('', computeCorpusMap);
  await store.append(makeBatch([makeSpan('trace_0', 'more'), makeSpan('new', 's1')]), false);
  await store.delete(['trace_1'], false, 'user');
  const after = await ask('', computeCorpusMap);
  expect(after.scope.traces).toBe(before.scope.traces);
  expect(after.scope.spans).toBe(store.library.summaries().reduce((sum, { spans }) => sum + spans, 0));
  expect(after.scope.spans).not.toBe(before.scope.spans);
  const tools = after.tools.filter(({ agent, tool }) => agent === null && tool === 'lookup');
  expect(tools.map(({ calls }) => calls)).toEqual([2]);
});

test('the examples of loops and the slowest spans are spans that there are', async () => {
  const { ask, store } = await openDesk();
  const { repeats } = await ask('', (question, { identify }) => computeCorpusLoops(question, identify));
  for (const { exampleSpanId, reach, tool } of repeats) {
    const [detail] = store.readSpans(reach.traceIds[0] ?? '', [exampleSpanId]);
    expect(detail?.record['span_data']).toMatchObject({ type: 'function', name: tool });
  }
  const { slowest } = await ask('', computeCorpusInsights);
  for (const { traceId, spanId } of slowest) expect(store.readSpans(traceId, [spanId])).toHaveLength(1);
});

test('a query that cannot be read is refused, and says where it is wrong', async () => {
  const { ask } = await openDesk(1);
  await expect(ask('agent:Billing (', computeCorpusMap)).rejects.toThrow(BadQueryError);
  await expect(ask('agent:Billing (', computeCorpusMap)).rejects.toThrow(/character \d+/);
});

test('a question that was stopped ends, and the next one is answered', async () => {
  const { ask, desk } = await openDesk(5);
  const stopped = ask('', computeCorpusMap, 'a');
  const next = ask('', computeCorpusMap, 'b');
  desk.cancel('a');
  await expect(stopped).rejects.toThrow(CancelledError);
  expect((await next).scope.traces).toBe(5);
});

test('asking anew under the same id stops the question before', async () => {
  const { ask } = await openDesk(5);
  const first = ask('', computeCorpusMap);
  const second = ask('agent:Billing', computeCorpusMap);
  await expect(first).rejects.toThrow(CancelledError);
  expect((await second).scope.traces).toBeGreaterThan(0);
});

test('one question that breaks breaks no other', async () => {
  const { ask } = await openDesk(2);
  const broken = ask('', () => {
    throw new Error('made by the test');
  });
  await expect(broken).rejects.toThrow('made by the test');
  expect((await ask('', computeCorpusMap)).scope.traces).toBe(2);
});
