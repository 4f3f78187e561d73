/** Deleting traces: hidden at once, over restarts and crashes, and what a second import of them does. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBatch, makeSpan, openTestStore, spanIdsOf, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

async function put({ store }: StoreFixture, ...spans: readonly (readonly [string, string])[]): Promise<void> {
  for (const [trace, span] of spans) await store.append(makeBatch([makeSpan(trace, span)]), true);
}

describe('a deletion', () => {
  it('hides its traces at once and leaves the others as they were', async () => {
    const fixture = await openTestStore(await makeTemporaryDirectory());
    const { store } = fixture;
    await put(fixture, ['t0', 's0'], ['t1', 's1'], ['t0', 's2']);
    const kept = store.library.findSummary('t1');
    const touched: string[] = [];
    store.library.onTouched((id) => touched.push(id));
    await store.delete(['t0'], false, 'user');
    expect(spanIdsOf(store)).toEqual({ t1: ['s1'] });
    expect(store.library.findSummary('t0')).toBeUndefined();
    expect(store.library.findTrace('t0')).toBeUndefined();
    expect(store.readSpans('t0', ['s0'])).toEqual([]);
    expect(store.library.findSummary('t1')).toEqual(kept);
    expect(store.library.spanCount).toBe(1);
    expect(touched).toEqual(['t0']);
  });

  it.each([
    ['a clean end', true, false],
    ['a crash', false, false],
    ['a crash and the loss of every sidecar', false, true],
    ['a clean end and the loss of every sidecar', true, true],
  ])('survives %s, with what came after it', async (_, cleanly, lose) => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory, { limits: { bytes: 600 } });
    await put(fixture, ['t0', 's0'], ['t1', 's1'], ['t0', 's2'], ['t2', 's3']);
    await fixture.store.delete(['t0', 't2'], false, 'user');
    await put(fixture, ['t0', 's4'], ['t3', 's5']);
    const before = fixture.store.library.summaries();
    expect(spanIdsOf(fixture.store)).toEqual({ t0: ['s4'], t1: ['s1'], t3: ['s5'] });
    if (cleanly) await fixture.store.close();
    if (lose) {
      for (const name of await fixture.files.list()) {
        if (name.endsWith('.columns')) await rm(join(directory, 'journal', name));
      }
    }
    const { store, files } = await openTestStore(directory, { readOnly: true });
    expect((await files.list()).filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(1);
    expect(spanIdsOf(store)).toEqual({ t0: ['s4'], t1: ['s1'], t3: ['s5'] });
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    expect([...store.library.summaries()].sort(byId)).toEqual([...before].sort(byId));
    expect(store.library.deletions.since(0)).toEqual({ traceIds: ['t0', 't2'], next: 1 });
    expect(store.library.deletions.countHidden()).toBe(2);
  });

  it('counts after a checkpoint of the segment that it stands in', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await put(first, ['t0', 's0'], ['t1', 's1']);
    await first.store.close();
    const crashed = await openTestStore(directory);
    await crashed.store.delete(['t0'], false, 'user');
    await put(crashed, ['t0', 's2']);
    const { store } = await openTestStore(directory, { readOnly: true });
    expect(spanIdsOf(store)).toEqual({ t0: ['s2'], t1: ['s1'] });
    await crashed.store.close();
    const again = await openTestStore(directory);
    expect(spanIdsOf(again.store)).toEqual({ t0: ['s2'], t1: ['s1'] });
    expect(again.store.notices).toEqual([]);
  });

  it('is a line of its own that `jq` reads, and no client can send one', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory);
    await put(fixture, ['t0', 's0']);
    await fixture.store.delete(['t0'], true, 'user');
    const text = await readFile(join(directory, 'journal', '000001.jsonl'), 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ $delete: { traceIds: ['t0'], keepAway: true, reason: 'user' } });
    const forged = { ...makeSpan('t1', 's1'), $delete: { traceIds: ['t0'] } };
    expect(() => makeBatch([forged])).toThrow();
  });

  it('lets a second import bring the same records back', async () => {
    const directory = await makeTemporaryDirectory();
    const fixture = await openTestStore(directory);
    await put(fixture, ['t0', 's0'], ['t0', 's1']);
    await fixture.store.delete(['t0'], false, 'user');
    expect(await fixture.store.append(makeBatch([makeSpan('t0', 's0')]), true)).toBe(0);
    await fixture.store.close();
    const { store } = await openTestStore(directory);
    expect(spanIdsOf(store)).toEqual({ t0: ['s0'] });
  });

  it('keeps them away where the user said so, over a restart, until somebody brings them back', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    await put(first, ['t0', 's0']);
    await first.store.delete(['t0'], true, 'user');
    const mixed = makeBatch([makeSpan('t0', 's0'), makeSpan('t1', 's1'), makeSpan('t0', 's2')]);
    expect(await first.store.append(mixed, true)).toBe(2);
    await first.store.close();
    const { store } = await openTestStore(directory);
    expect(await store.append(makeBatch([makeSpan('t0', 's0')]), true)).toBe(1);
    expect(spanIdsOf(store)).toEqual({ t1: ['s1'] });
    expect(store.readSpans('t1', ['s1'])).toMatchObject([{ diagnostics: [] }]);
    await store.append(makeBatch([makeSpan('t0', 's0')]), true, true);
    expect(await store.append(makeBatch([makeSpan('t0', 's3')]), true)).toBe(0);
    expect(spanIdsOf(store)).toEqual({ t0: ['s0', 's3'], t1: ['s1'] });
  });

  it('keeps away what arrives while it is being written', async () => {
    const fixture = await openTestStore(await makeTemporaryDirectory());
    await put(fixture, ['t0', 's0']);
    const deleting = fixture.store.delete(['t0'], true, 'user');
    const appending = fixture.store.append(makeBatch([makeSpan('t0', 's1')]), true);
    await Promise.all([deleting, appending]);
    expect(spanIdsOf(fixture.store)).toEqual({});
  });

  it('that the disk refuses has deleted nothing', async () => {
    const fixture = await openTestStore(await makeTemporaryDirectory());
    await put(fixture, ['t0', 's0']);
    fixture.files.failOn('datasync');
    await expect(fixture.store.delete(['t0'], false, 'user')).rejects.toThrow();
    expect(spanIdsOf(fixture.store)).toEqual({ t0: ['s0'] });
    fixture.files.failOn(undefined);
  });
});
