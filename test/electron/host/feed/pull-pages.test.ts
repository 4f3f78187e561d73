/** What a page's library is fed with: the same rows whoever asks, from wherever it stands. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { decodeSpanTable } from '../../../../core/model/span-table-bytes.ts';
import type { FeedCursor, FeedPull } from '../../../../core/rpc/feed.ts';
import { PAGE_ROWS } from '../../../../core/rpc/feed.ts';
import { pullPages, pullSegment } from '../../../../electron/host/feed/pull-pages.ts';
import type { Library } from '../../../../electron/host/library/library.ts';
import { generateLines } from '../../../generate/generate.ts';
import { makeBatch, makeSpan, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const SPANS = 10_000;

async function openFilled(): Promise<StoreFixture> {
  const fixture = await openTestStore(await makeTemporaryDirectory(), { limits: { bytes: 9_000_000 } });
  const items: object[] = [];
  for (const line of generateLines({ seed: 5, spans: SPANS })) items.push(JSON.parse(line) as object);
  for (let from = 0; from < items.length; from += 500) {
    await fixture.store.append(makeBatch(items.slice(from, from + 500)), false);
  }
  return fixture;
}

interface Drained {
  readonly rows: readonly string[];
  readonly pulls: readonly FeedPull[];
  readonly cursor: FeedCursor | undefined;
  readonly bytes: number;
}

/** Pulls until nothing waits, and reads the rows as texts of place, trace and span. */
async function drain(library: Library, maxBytes: number, from?: FeedCursor): Promise<Drained> {
  const rows: string[] = [];
  const pulls: FeedPull[] = [];
  let cursor = from;
  let total = 0;
  do {
    const { answer, bytes } = await pullPages(library, { cursor, held: undefined, maxBytes });
    pulls.push(answer);
    cursor = answer.cursor;
    total += bytes.length;
    for (const { segment, page, from: first, offset, bytes: size } of answer.pages) {
      const table = decodeSpanTable(bytes.subarray(offset, offset + size));
      for (let row = 0; row < table.length; row++) {
        const { id } = at(table.traces, at(table.columns.trace, row));
        const place = page * PAGE_ROWS + first + row;
        rows.push([segment, place, id, table.spanId(row), table.name(row)].join(' '));
      }
    }
  } while (at(pulls, pulls.length - 1).waitingRows > 0);
  return { rows, pulls, cursor, bytes: total };
}

describe('the feed', () => {
  it('brings every row once and in order, and every summary, however small the answers', async () => {
    const { store } = await openFilled();
    const whole = await drain(store.library, 16_000_000);
    const small = await drain(store.library, 1);
    expect(whole.rows).toHaveLength(SPANS);
    expect(small.rows).toEqual(whole.rows);
    expect(small.pulls.length).toBeGreaterThan(2);
    const told = new Map(small.pulls.flatMap(({ summaries }) => summaries.map((t) => [t.id, t])));
    expect([...told.values()].sort(byId)).toEqual([...store.library.summaries()].sort(byId));
    expect(at(small.pulls, 0).waitingRows).toBe(SPANS - PAGE_ROWS);
    expect(store.library.tables.extents().length).toBeGreaterThan(1);
  });

  it('goes on from a cursor, and brings nothing twice', async () => {
    const { store } = await openFilled();
    const before = await drain(store.library, 16_000_000);
    await store.append(makeBatch([makeSpan('late', 's1'), makeSpan('late', 's2')]), false);
    const after = await drain(store.library, 16_000_000, before.cursor);
    expect(after.rows.map((row) => row.split(' ')[3])).toEqual(['s1', 's2']);
    expect(after.pulls.flatMap(({ summaries }) => summaries)).toMatchObject([{ id: 'late', spans: 2 }]);
    expect(after.bytes).toBeLessThan(before.bytes / 100);
    expect((await drain(store.library, 16_000_000)).rows).toEqual([...before.rows, ...after.rows]);
  });

  it('tells of a trace once, however many rows its segment has behind it', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const lines = [...generateLines({ seed: 5, spans: SPANS, spansPerTrace: 2, openTraces: 4 })];
    const items = lines.map((line) => JSON.parse(line) as object);
    for (let from = 0; from < items.length; from += 500) {
      await store.append(makeBatch(items.slice(from, from + 500)), false);
    }
    const { pulls } = await drain(store.library, 1);
    const told = pulls.reduce((sum, { summaries }) => sum + summaries.length, 0);
    // A trace that crosses the border of a page is told of with both.
    expect(told).toBeLessThan(store.library.summaries().length * 1.05);
    expect(Math.max(...pulls.map(({ summaries }) => summaries.length))).toBeLessThan(PAGE_ROWS);
  });

  it('tells of a trace whose item came without a span', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    const { cursor } = await drain(store.library, 1000);
    await store.append(makeBatch([{ object: 'trace', id: 't', workflow_name: 'Desk' }]), false);
    const told = await drain(store.library, 1000, cursor);
    expect(told.pulls.flatMap(({ summaries }) => summaries)).toMatchObject([
      { id: 't', workflowName: 'Desk' },
    ]);
    expect((await drain(store.library, 1000, told.cursor)).pulls[0]?.summaries).toEqual([]);
  });

  it('begins anew where the journal has other rows before the cursor', async () => {
    const { store } = await openTestStore(await makeTemporaryDirectory());
    await store.append(makeBatch([makeSpan('t', 's1')]), false);
    const { cursor } = await drain(store.library, 1000);
    for (const wrong of [{ check: 1 }, { row: 2 }, { line: 3 }, { segment: 9 }]) {
      const asked = { ...(cursor as FeedCursor), ...wrong };
      const { pulls, rows } = await drain(store.library, 1000, asked);
      expect(pulls[0]?.reset, JSON.stringify(wrong)).toBe(true);
      expect(rows).toHaveLength(1);
    }
  });

  it('says which segments before the cursor are not held, and brings one alone', async () => {
    const { store } = await openFilled();
    const { cursor, rows } = await drain(store.library, 16_000_000);
    const held = [{ segment: 1, generation: 7 }];
    const { answer } = await pullPages(store.library, { cursor, held, maxBytes: 1000 });
    expect(answer.stale).toEqual(held);
    expect(answer.missing).toContainEqual({ segment: 1, generation: 0 });
    const first = await pullSegment(store.library, 1, 0, 1);
    const own = rows.filter((row) => row.startsWith('1 ')).length;
    expect(first.answer.nextPage).toBe(own > PAGE_ROWS ? 1 : null);
    expect((await pullSegment(store.library, 99, 0, 1)).answer).toMatchObject({ generation: -1, pages: [] });
  });

  it('is the same after a restart, from sidecars alone', async () => {
    const directory = await makeTemporaryDirectory();
    const first = await openTestStore(directory);
    const items = Array.from({ length: 300 }, (_, i) => makeSpan(`t${String(i % 7)}`, `s${String(i)}`));
    await first.store.append(makeBatch(items), false);
    const before = await drain(first.store.library, 1000);
    await first.store.close();
    const { store } = await openTestStore(directory);
    const after = await drain(store.library, 1000);
    expect(after.rows).toEqual(before.rows);
    expect(after.cursor).toEqual(before.cursor);
    expect((await drain(store.library, 1000, before.cursor)).rows).toEqual([]);
  });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
