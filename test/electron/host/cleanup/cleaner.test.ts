/** Scopes of cleaning up: what would go is said first, and then just that goes. */
import { describe, expect, it, vi } from 'vitest';
import { Cleaner } from '../../../../electron/host/cleanup/cleaner.ts';
import { readKeepAway, readScope } from '../../../../electron/host/cleanup/read-scope.ts';
import {
  makeBatch,
  makeSpan,
  NOW_US,
  openTestStore,
  spanIdsOf,
  type StoreFixture,
} from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const DAY_US = 86_400_000_000;

/** Traces t0 to t9, one heard of each day, each of one span of 2 KB; returns what the last day's clock shows. */
async function openDays(): Promise<StoreFixture & { readonly cleaner: Cleaner; readonly nowUs: number }> {
  const fixture = await openTestStore(await makeTemporaryDirectory(), { limits: { bytes: 5_000 } });
  for (let day = 0; day < 10; day++) {
    const data = { type: 'function', name: 'f', input: 'x'.repeat(2000), output: '' };
    const span = makeSpan(`t${String(day)}`, 's', { span_data: data });
    await fixture.store.append(makeBatch([span], NOW_US + day * DAY_US), true);
    fixture.advance(DAY_US);
  }
  const nowUs = NOW_US + 10 * DAY_US;
  return { ...fixture, cleaner: new Cleaner(fixture.store, () => nowUs), nowUs };
}

const tracesOf = ({ store }: StoreFixture): readonly string[] => Object.keys(spanIdsOf(store));

describe('cleaning up', () => {
  it('says what would go by age, changes nothing by that, and then deletes just that', async () => {
    const fixture = await openDays();
    const { cleaner } = fixture;
    const scope = { kind: 'older-than', seconds: 7.5 * 86_400 } as const;
    const preview = await cleaner.preview(scope);
    expect(preview).toMatchObject({
      traces: 3,
      spans: 3,
      oldest: '2026-06-01T00:00:00.000000Z',
      youngest: '2026-06-03T00:00:00.000000Z',
    });
    expect(preview.bytes).toBeGreaterThan(6_000);
    expect(tracesOf(fixture)).toHaveLength(10);
    expect(await cleaner.apply(scope, false)).toEqual({ traces: 3, spans: 3 });
    expect(tracesOf(fixture)).toEqual(['t3', 't4', 't5', 't6', 't7', 't8', 't9']);
  });

  it('tells how compaction stands when the sums are made, not when they were asked for', async () => {
    const { cleaner, store } = await openDays();
    const deleted = cleaner.apply({ kind: 'older-than', seconds: 7.5 * 86_400 }, false);
    vi.spyOn(store, 'bytesOnDisk').mockImplementationOnce(async () => {
      await deleted;
      await store.compactor?.run();
      return 0;
    });
    expect(await cleaner.status()).toMatchObject({ compaction: 'idle', hiddenTraces: 0 });
    expect(store.compactor?.state.freedBytes).toBeGreaterThan(0);
  });

  it('deletes the oldest until the journal is small enough on the disk', async () => {
    const fixture = await openDays();
    const { cleaner, store } = fixture;
    const before = await store.bytesOnDisk();
    await cleaner.apply({ kind: 'down-to', bytes: before * 0.7 }, false);
    await store.compactor?.run();
    expect(await store.bytesOnDisk()).toBeLessThanOrEqual(before * 0.7);
    const left = tracesOf(fixture);
    expect(left.length).toBeGreaterThan(2);
    expect(left).toContain('t9');
    expect(left).not.toContain('t0');
  });

  it('does not delete for the sake of what no deletion frees: damage that was kept, and deletions themselves', async () => {
    const fixture = await openDays();
    const { cleaner, store, files } = fixture;
    const limit = await store.bytesOnDisk();
    await files.replace('000001.damaged', Buffer.alloc(100_000));
    const ids = Array.from({ length: 10_000 }, (_, i) => `trace_${String(i).padStart(32, '0')}`);
    await store.delete(ids, false, 'user');
    await store.compactor?.run();
    expect(await cleaner.applyRetention({ maxAgeDays: null, maxBytes: limit })).toEqual({
      traces: 0,
      spans: 0,
    });
    expect(tracesOf(fixture)).toHaveLength(10);
  });

  it('deletes a selection, and counts only ids of the library', async () => {
    const fixture = await openDays();
    const scope = { kind: 'traces', traceIds: ['t1', 't1', 'nobody'] } as const;
    expect(await fixture.cleaner.preview(scope)).toMatchObject({ traces: 1, spans: 1 });
    expect(await fixture.cleaner.apply(scope, false)).toEqual({ traces: 1, spans: 1 });
    expect(await fixture.cleaner.apply(scope, false)).toEqual({ traces: 0, spans: 0 });
  });

  it('keeps to the rules of retention, and never takes a running trace by one', async () => {
    const fixture = await openDays();
    const running = makeSpan('t-running', 's', { ended_at: null });
    await fixture.store.append(makeBatch([running], NOW_US - DAY_US), true);
    const done = await fixture.cleaner.applyRetention({ maxAgeDays: 8.5, maxBytes: null });
    expect(done).toEqual({ traces: 2, spans: 2 });
    expect(tracesOf(fixture)).toContain('t-running');
    await fixture.cleaner.applyRetention({ maxAgeDays: null, maxBytes: 0 });
    expect(tracesOf(fixture)).toEqual(['t-running']);
    expect(await fixture.cleaner.applyRetention({ maxAgeDays: null, maxBytes: null })).toEqual({
      traces: 0,
      spans: 0,
    });
  });

  it('says which of the two has happened: hidden, and gone', async () => {
    const { cleaner, store } = await openDays();
    await store.delete(['t0', 't1'], false, 'user');
    const hidden = await cleaner.status();
    expect(hidden).toMatchObject({ hiddenTraces: 2, compaction: 'idle' });
    expect(hidden.hiddenBytes).toBeGreaterThan(4_000);
    let told = 0;
    cleaner.onChange(() => told++);
    await store.compactor?.run();
    expect(told).toBeGreaterThan(1);
    const gone = await cleaner.status();
    expect(gone).toMatchObject({ hiddenTraces: 0, hiddenBytes: 0, compaction: 'idle', segmentsTotal: 0 });
    expect(gone.freedBytes).toBeGreaterThan(0);
    expect(gone.bytesOnDisk).toBe(hidden.bytesOnDisk - gone.freedBytes);
  });
});

describe('what a page asks', () => {
  it.each([
    [{ scope: { kind: 'everything' } }],
    [{ scope: { kind: 'older-than', seconds: -1 } }],
    [{ scope: { kind: 'down-to', bytes: null } }],
    [{ scope: { kind: 'traces', traceIds: [1] } }],
    [{}],
    [null],
  ])('is refused where it is not clear what it means: %j', (params) => {
    expect(() => readScope(params)).toThrow();
    expect(() => readKeepAway(params)).toThrow();
  });
});
