/** The first picture of a large trace: true to its records, or not there. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readDrawnRows } from '../../../../core/flame/drawn-rows-bytes.ts';
import type { DrawnRows } from '../../../../core/flame/drawn-rows.ts';
import { Drawings } from '../../../../electron/host/library/drawings.ts';
import { sketchTrace } from '../../../../electron/host/rpc-server/sketch-trace.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const WIDTH = 800;
const HOUR_US = 3_600_000_000;

async function openDrawn(directory: string): Promise<TraceStore> {
  const drawings = Drawings.open(join(directory, 'drawings'), 2);
  // Long after the records came: what has ended is final.
  const { store } = await openTestStore(directory, { drawings, nowUs: NOW_US + HOUR_US });
  return store;
}

/** A store with the finished trace `t` of two spans, which was looked at and so is drawn. */
async function storeWithDrawing(directory: string): Promise<TraceStore> {
  const store = await openDrawn(directory);
  const items = [
    { object: 'trace', id: 't', workflow_name: 'Desk' },
    makeSpan('t', 's1'),
    makeSpan('t', 's2', { parent_id: 's1', error: { message: 'no' } }),
  ];
  await store.append(makeBatch(items), true);
  look(store);
  return store;
}

function look(store: TraceStore): void {
  store.library.findTrace('t');
  store.library.drawings?.flush();
}

function sketch(store: TraceStore): DrawnRows | undefined {
  const { bytes } = sketchTrace(store.library, { traceId: 't', width: WIDTH });
  return bytes && readDrawnRows(bytes).drawn;
}

test('a finished trace that was folded is drawn, with its errors', async () => {
  const store = await storeWithDrawing(await makeTemporaryDirectory());
  const drawn = sketch(store);
  expect(drawn?.labels).toEqual(['lookup']);
  expect([...(drawn?.rowBegin ?? [])]).toEqual([0, 1, 2]);
  expect(drawn?.errorsBefore.at(-1)).toBe(1);
});

test('each width has bars of its own, and the last one is at hand when the trace is drawn anew', async () => {
  const store = await storeWithDrawing(await makeTemporaryDirectory());
  const { library } = store;
  const first = sketchTrace(library, { traceId: 't', width: 100 }).bytes;
  expect(sketchTrace(library, { traceId: 't', width: 100 }).bytes).toBe(first);
  expect(sketchTrace(library, { traceId: 't', width: 200 }).bytes).not.toBe(first);
  await store.append(makeBatch([makeSpan('t', 's3')]), true);
  look(store);
  const drawn = sketchTrace(library, { traceId: 't', width: 200 }).bytes;
  expect(drawn && readDrawnRows(drawn).drawn.start).toHaveLength(3);
});

test('it is there at the next start, before anything is folded', async () => {
  const directory = await makeTemporaryDirectory();
  const first = await storeWithDrawing(directory);
  await first.close();
  const again = await openDrawn(directory);
  expect(sketch(again)?.start).toHaveLength(2);
});

test('a record more, and it is let go; folded again, it is drawn with that record', async () => {
  const directory = await makeTemporaryDirectory();
  const store = await storeWithDrawing(directory);
  await store.append(makeBatch([makeSpan('t', 's3')]), true);
  expect(existsSync(join(directory, 'drawings', 't.rows'))).toBe(false);
  expect(sketch(store)).toBeUndefined();
  look(store);
  expect(sketch(store)?.start).toHaveLength(3);
});

test('a record that came before a crash is seen at the next start', async () => {
  const directory = await makeTemporaryDirectory();
  const crashed = await storeWithDrawing(directory);
  const kept = Drawings.open(join(directory, 'drawings'), 2);
  await crashed.append(makeBatch([makeSpan('t', 's3')]), true);
  // As if the crash came between the journal and the drawing.
  const stale = crashed.library.findTrace('t');
  if (stale === undefined) throw new Error('the trace is gone');
  kept.add(stale);
  kept.flush();
  const again = await openDrawn(directory);
  expect(sketch(again)).toBeUndefined();
});

test('a deleted trace leaves no drawing on the disk', async () => {
  const directory = await makeTemporaryDirectory();
  const store = await storeWithDrawing(directory);
  await store.delete(['t'], false, 'user');
  expect(await readdir(join(directory, 'drawings'))).toEqual([]);
  expect(sketchTrace(store.library, { traceId: 't', width: WIDTH })).toEqual({ result: { opened: null } });
});

test('a trace of a running program with an open span is not drawn', async () => {
  const directory = await makeTemporaryDirectory();
  const store = await openDrawn(directory);
  const items = [makeSpan('t', 's1'), makeSpan('t', 's2', { ended_at: null })];
  await store.append(makeBatch(items), true);
  look(store);
  expect(sketch(store)).toBeUndefined();
});

test('one that is damaged, or drawn from other records, is not shown and goes', async () => {
  const directory = await makeTemporaryDirectory();
  const store = await storeWithDrawing(directory);
  const summary = store.library.findSummary('t');
  if (summary === undefined) throw new Error('the trace is gone');
  expect(store.library.drawings?.sketch({ ...summary, errors: 7 }, WIDTH)).toBeUndefined();
  expect(existsSync(join(directory, 'drawings', 't.rows'))).toBe(false);
  look(store);
  expect(sketch(store)).toBeDefined();
  await store.close();
  await writeFile(join(directory, 'drawings', 't.rows'), 'not rows at all');
  expect(sketch(await openDrawn(directory))).toBeUndefined();
  expect(existsSync(join(directory, 'drawings', 't.rows'))).toBe(false);
});

test('one that came without being folded is folded and drawn a moment later', async () => {
  const directory = await makeTemporaryDirectory();
  const store = await storeWithDrawing(directory);
  const { drawings } = store.library;
  const summary = store.library.findSummary('t');
  if (drawings === undefined || summary === undefined) throw new Error('nothing is drawn');
  drawings.forget('t');
  drawings.fold = (traceId) => store.library.findTrace(traceId);
  drawings.expect(summary);
  await vi.waitFor(() => expect(sketch(store)?.start).toHaveLength(2));
});

test('what a crash left half-written goes at the next start', async () => {
  const directory = await makeTemporaryDirectory();
  await mkdir(join(directory, 'drawings'));
  await writeFile(join(directory, 'drawings', 't.rows.new'), '');
  await openDrawn(directory);
  expect(await readdir(join(directory, 'drawings'))).toEqual([]);
});

test('a width that no screen has is refused', async () => {
  const store = await storeWithDrawing(await makeTemporaryDirectory());
  for (const width of [0, 1e6]) {
    expect(() => sketchTrace(store.library, { traceId: 't', width })).toThrow('width');
  }
});
