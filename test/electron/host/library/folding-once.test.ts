/** What one change of a trace costs: one fold, whoever asks, and none for the status. */
import { describe, expect, it } from 'vitest';
import { TraceViews } from '../../../../electron/host/library/trace-views.ts';
import { SpanTable } from '../../../../core/model/span-table.ts';
import type { GatheredTrace } from '../../../../electron/host/library/gather-trace.ts';
import { makeBatch, makeSpan, NOW_US, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

describe('a trace', () => {
  it('is folded once for its summary, its feeds and its sessions, and anew when it has grown', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const { library } = store;
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    const first = library.findTrace('t');
    expect(library.findSummary('t')).toBe(first?.summary);
    expect(library.findTrace('t')).toBe(first);
    await store.append(makeBatch([makeSpan('t', 's2')]), true);
    const second = library.findTrace('t');
    expect(second?.summary.spans).toBe(2);
    expect(library.summaries()[0]).toBe(second?.summary);
  });

  it('is not folded because the status is read', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const { library } = store;
    await store.append(makeBatch([makeSpan('t', 's1')]), true);
    expect(library.summaries()).toHaveLength(1);
    await store.append(makeBatch([makeSpan('t', 's2')]), true);
    expect(library.spanCount).toBe(1);
    library.findSummary('t');
    expect(library.spanCount).toBe(2);
  });
});

describe('kept views', () => {
  const gathered = (rows: number): GatheredTrace => ({
    entry: {
      id: 't',
      headers: [],
      firstSeenUs: NOW_US,
      lastSeenUs: NOW_US,
      live: true,
      ended: false,
      sources: [],
      origins: [],
      clockOffsetUs: undefined,
    },
    table: new SpanTable(),
    rows: new Array<number>(rows),
    addressOf: () => {
      throw new Error('nothing is read here');
    },
  });

  /** Which of the traces are still kept, after each was asked for once in this order. */
  const keptOf = (traces: Readonly<Record<string, number>>): readonly string[] => {
    const views = new TraceViews();
    for (const [id, rows] of Object.entries(traces)) views.get(id, () => gathered(rows));
    return Object.keys(traces).filter((id) => views.get(id, () => undefined) !== undefined);
  };

  it('are few', () => {
    expect(keptOf({ a: 1, b: 1, c: 1, d: 1, e: 1 })).toEqual(['b', 'c', 'd', 'e']);
  });

  it('are fewer where they are large, but never none', () => {
    expect(keptOf({ a: 600_000, b: 600_000, c: 1 })).toEqual(['b', 'c']);
    expect(keptOf({ a: 1, b: 5_000_000 })).toEqual(['b']);
  });
});
