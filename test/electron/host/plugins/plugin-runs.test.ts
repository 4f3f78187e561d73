import { expect, it } from 'vitest';
import type { Json } from '../../../../core/model/json.ts';
import type { PluginProgress } from '../../../../core/rpc/plugins.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { COUNTING, fill, ID, idOf, openBench } from './desk-fixture.ts';

it('a second run over the same traces looks at the new ones alone', async () => {
  const { desk, store } = await openBench(COUNTING);
  await fill(store, 100);
  const first = await desk.run(ID, { runId: 'r1', scope: {} });
  expect(first).toMatchObject({ status: 'completed', traces: 100, mapped: 100, reused: 0, isStale: false });
  await fill(store, 3, 101);
  const second = await desk.run(ID, { runId: 'r2', scope: {} });
  expect(second).toMatchObject({ traces: 103, mapped: 3, reused: 100, skipped: 0 });
  const [result] = second.results;
  const told = result?.kind === 'markdown' ? (JSON.parse(result.text) as string[]) : [];
  expect(told.sort()).toEqual(store.library.traceIds().toSorted());
  expect(desk.runsOf(ID).runs.map(({ runId, isStale }) => [runId, isStale])).toEqual([
    ['r2', false],
    ['r1', true],
  ]);
});

it('runs over the traces that a query means, or over some by their ids, and says what is wrong with a query', async () => {
  const { desk, store } = await openBench(COUNTING);
  await fill(store, 3);
  const some = await desk.run(ID, { runId: 'r1', scope: { traceIds: ['t2', 'gone'] } });
  expect(some).toMatchObject({ traces: 1, results: [{ text: '["t2"]' }] });
  expect(await desk.run(ID, { runId: 'r2', scope: { query: 't3' } })).toMatchObject({
    results: [{ text: '["t3"]' }],
  });
  await expect(desk.run(ID, { runId: 'r3', scope: { query: '(' } })).rejects.toThrow(PluginFault);
});

it('leaves out a trace on which the analysis throws, counts it, and says what the first fault was', async () => {
  const map = (trace: Json): string => {
    if (idOf(trace) === 't2') throw new PluginFault('no');
    return idOf(trace);
  };
  const reduce = (): object => ({ kind: 'markdown', text: '' });
  const { desk, store } = await openBench({ analyses: { all: { map, reduce } } });
  await fill(store, 3);
  const report = await desk.run(ID, { runId: 'r', scope: {} });
  expect(report).toMatchObject({ status: 'completed', fault: 'no', mapped: 2, skipped: 1 });
});

it('a run tells how far it is, and stops when it is cancelled with what there is by then', async () => {
  const { desk, store } = await openBench(COUNTING);
  await fill(store, 50);
  const told: PluginProgress[] = [];
  desk.onProgress((progress) => {
    told.push(progress);
    desk.cancel('r');
  });
  const report = await desk.run(ID, { runId: 'r', scope: {} });
  expect(report).toMatchObject({
    status: 'cancelled',
    mapped: 1,
    results: [{ text: expect.any(String) as string }],
  });
  expect(told[0]).toMatchObject({ id: ID, runId: 'r', done: 1, total: 50 });
});

it('results made with other settings are stale, too', async () => {
  const settings = { limit: { type: 'number', default: 1 } };
  const { desk, store } = await openBench(COUNTING, { manifest: { settings } });
  await fill(store, 2);
  await desk.run(ID, { runId: 'r1', scope: {} });
  await desk.registry.change(ID, { limit: 2 }, undefined);
  expect(desk.runsOf(ID).runs).toMatchObject([{ isStale: true, settings: { limit: 1 } }]);
  expect(await desk.run(ID, { runId: 'r2', scope: {} })).toMatchObject({ mapped: 2, settings: { limit: 2 } });
  await desk.registry.change(ID, { limit: 1 }, undefined);
  expect(await desk.run(ID, { runId: 'r3', scope: {} })).toMatchObject({ mapped: 0, reused: 2 });
});

it('a host that closes ends the runs that are under way', async () => {
  const { desk, store } = await openBench(COUNTING);
  await fill(store, 50);
  const run = desk.run(ID, { runId: 'r', scope: {} });
  await desk.close();
  expect((await run).status).not.toBe('completed');
});
