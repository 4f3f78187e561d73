import { readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Json } from '../../../../core/model/json.ts';
import { PluginFault } from '../../../../electron/host/plugins/plugin-fault.ts';
import { makeBatch, makeSpan } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { alertOf, COUNTING, fill, ID, idOf, openBench } from './desk-fixture.ts';
import { settle } from './fake-clock.ts';
import { DEADLINE, type FakePlugin } from './fake-plugins.ts';

it('looks at a trace when it has ended, once a revision, and its alerts and marks are findings of the trace', async () => {
  const seen: string[] = [];
  const processTrace = (trace: Json): readonly object[] => {
    seen.push(idOf(trace));
    const mark = {
      traceId: idOf(trace),
      spanId: `${idOf(trace)}-s`,
      badge: 'Odd one',
      severity: 'info',
      text: 'Odd.',
    };
    return [alertOf(trace, 'Seen.'), { kind: 'annotations', marks: [mark] }];
  };
  const { desk, store, touch } = await openBench({ hooks: { processTrace } });
  await fill(store, 1);
  await touch('t1');
  await touch('t1');
  expect(seen).toEqual(['t1']);
  expect(desk.findingCounts()).toEqual({ t1: { info: 1, warning: 1, error: 0 } });
  expect(desk.resultsOf('t1')).toMatchObject([
    { by: ID, version: '1.0.0', isStale: false, findings: [{ code: 'seen' }, { code: 'odd-one', count: 1 }] },
  ]);
  await store.append(makeBatch([makeSpan('t1', 'later')]), true);
  expect(desk.resultsOf('t1')).toMatchObject([{ isStale: true }]);
  await touch('t1');
  expect(seen).toEqual(['t1', 't1']);
  expect(desk.registry.find(ID)?.state()).toMatchObject({
    tracesDone: 1,
    waiting: 0,
    findings: { warning: 1 },
  });
});

it('findings of many traces that say the same are one group', async () => {
  const processTrace = (trace: Json): object => alertOf(trace, `It took ${idOf(trace).slice(1)} ms.`);
  const { desk, store, touch } = await openBench({ hooks: { processTrace } });
  await touch(...(await fill(store, 5)));
  expect(desk.findingGroups(undefined)).toMatchObject([{ by: ID, code: 'seen', traces: 5, findings: 5 }]);
  expect(desk.findingGroups('another')).toEqual([]);
});

it('fault 66: an enricher that throws on every trace loses no span; each trace is marked, and told once', async () => {
  let calls = 0;
  const enrich = (): never => {
    calls += 1;
    throw new PluginFault('no price');
  };
  const { desk, store, touch } = await openBench({ hooks: { enrich } });
  const ids = await fill(store, 4);
  await touch(...ids);
  expect(calls).toBe(12);
  expect(store.library.summaries().map(({ spans }) => spans)).toEqual([1, 1, 1, 1]);
  for (const id of ids) expect(desk.resultsOf(id)).toMatchObject([{ fault: 'no price', values: {} }]);
  expect(desk.runsOf(ID).deadLetters.map(({ traceId }) => traceId)).toEqual(['t4', 't3', 't2', 't1']);
  expect(desk.registry.find(ID)?.state()).toMatchObject({ status: 'idle', crashes: 0, deadLetters: 4 });
  await touch(...ids);
  expect(calls).toBe(12);
});

it('keeps what an enricher says of spans, and nothing under a name that is not its own', async () => {
  let name = 'a.usd';
  const enrich = (trace: Json): unknown => [[`${idOf(trace)}-s`, { [name]: 1 }]];
  const { desk, store, touch } = await openBench({ hooks: { enrich } });
  const [first = '', second = ''] = await fill(store, 2);
  await touch(first);
  expect(desk.resultsOf(first)).toMatchObject([{ values: { 't1-s': { 'a.usd': 1 } } }]);
  name = 'b.usd';
  await touch(second);
  expect(desk.resultsOf(second)).toMatchObject([
    { values: {}, fault: expect.stringContaining('"a."') as string },
  ]);
});

it('fault 74: a new version marks what the old one said as stale, and the two never mix', async () => {
  const data = await makeTemporaryDirectory();
  const say = (message: string): FakePlugin => ({
    ...COUNTING,
    hooks: { processTrace: (trace) => alertOf(trace, message) },
  });
  const first = await openBench(say('Old.'), { data });
  await fill(first.store, 2);
  await first.desk.run(ID, { runId: 'r1', scope: {} });
  await first.desk.close();
  await first.store.close();
  const { desk, touch } = await openBench(say('New.'), { data, manifest: { version: '2.0.0' } });
  expect(desk.resultsOf('t1')).toMatchObject([
    { version: '1.0.0', isStale: true, findings: [{ message: 'Old.' }] },
  ]);
  expect(desk.registry.find(ID)?.state()).toMatchObject({ version: '2.0.0', tracesDone: 0, staleTraces: 2 });
  expect(desk.runsOf(ID).runs).toMatchObject([{ version: '1.0.0', isStale: true }]);
  await touch('t1');
  expect(desk.resultsOf('t1')).toMatchObject([
    { version: '2.0.0', isStale: false, findings: [{ message: 'New.' }] },
  ]);
  expect(desk.registry.find(ID)?.state()).toMatchObject({ tracesDone: 1, staleTraces: 1 });
  const again = await desk.run(ID, { runId: 'r2', scope: {} });
  expect(again).toMatchObject({ mapped: 1, reused: 1, version: '2.0.0' });
  expect(desk.registry.find(ID)?.state()).toMatchObject({ tracesDone: 2, staleTraces: 0 });
});

it('fault 73: is removed with or without its results, and what comes in is not affected', async () => {
  const { desk, store, touch, data } = await openBench({
    hooks: { processTrace: (trace) => alertOf(trace, 'Seen.') },
  });
  await touch(...(await fill(store, 2)));
  await desk.registry.remove(ID, true);
  expect(desk.registry.find(ID)).toBeUndefined();
  expect(desk.findingCounts()).toEqual({});
  expect(await readdir(join(data, 'plugins'))).toEqual([]);
  expect(await readdir(join(data, 'plugin-results'))).toEqual([]);
  await fill(store, 1, 3);
  await touch('t3');
  expect(store.library.traceCount).toBe(3);
});

it('what was said of a trace goes with it, from the disk too', async () => {
  const map = (trace: Json): object => alertOf(trace, 'A secret.');
  const { desk, store, touch, data, clock } = await openBench({
    analyses: { all: { map, reduce: (parts) => parts } },
    hooks: { processTrace: (trace) => alertOf(trace, 'A secret of this trace.') },
  });
  await touch(...(await fill(store, 2)));
  const listener = vi.fn();
  desk.onSaid(listener);
  await desk.run(ID, { runId: 'r', scope: {} });
  await store.delete(['t1'], false, 'user');
  await clock.advance(1000);
  expect(Object.keys(desk.findingCounts())).toEqual(['t2']);
  expect(listener).toHaveBeenCalledWith(['t1']);
  const folder = join(data, 'plugin-results', ID);
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  expect(texts.join('')).not.toContain('"t1"');
});

it('results outlive a restart, and a last line that a crash has cut is passed over', async () => {
  const data = await makeTemporaryDirectory();
  const plugin: FakePlugin = { hooks: { processTrace: (trace) => alertOf(trace, 'Seen.') } };
  const first = await openBench(plugin, { data });
  await first.touch(...(await fill(first.store, 2)));
  await first.desk.close();
  await first.store.close();
  const folder = join(data, 'plugin-results', ID);
  const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.jsonl'));
  await truncate(join(folder, name), (await stat(join(folder, name))).size - 10);
  const { desk, touch } = await openBench(plugin, { data });
  expect(Object.keys(desk.findingCounts())).toEqual(['t1']);
  await touch('t1', 't2');
  expect(Object.keys(desk.findingCounts())).toEqual(['t1', 't2']);
});

it('a trace that grows is looked at again and again, and its file does not grow with that', async () => {
  const note = 'x'.repeat(90_000);
  const { store, touch, data } = await openBench({
    hooks: { processTrace: () => ({ kind: 'markdown', text: note }) },
  });
  await fill(store, 1);
  for (let i = 0; i < 120; i++) {
    await store.append(makeBatch([makeSpan('t1', `s${String(i)}`)]), true);
    await touch('t1');
  }
  const folder = join(data, 'plugin-results', ID);
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(9_000_000);
});

it('a plugin that was given up keeps what waits for it until it is switched on again', async () => {
  let isBroken = true;
  const processTrace = (trace: Json): object => {
    if (isBroken) throw new PluginFault(DEADLINE);
    return alertOf(trace, 'Seen.');
  };
  const { desk, store, touch, clock } = await openBench({ hooks: { processTrace } });
  const ids = await fill(store, 5);
  const touched = touch(...ids);
  for (const waitMs of [0, 1000, 5000]) {
    await settle();
    await clock.advance(waitMs);
  }
  await touched;
  expect(desk.registry.find(ID)?.state()).toMatchObject({ status: 'failed', crashes: 3 });
  isBroken = false;
  await desk.registry.enable(ID, true, undefined);
  await desk.settled();
  expect(Object.keys(desk.findingCounts()).sort()).toEqual(ids);
});
