/** A live trace that the clock settles: everybody is told, whoever looks first. */
import { describe, expect, it } from 'vitest';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import type { Library } from '../../../../electron/host/library/library.ts';

const LATER_US = 60_000_000;

const looks: readonly [string, (library: Library) => unknown][] = [
  ['lists all traces', (library) => library.summaries()],
  ['looks for its summary', (library) => library.findSummary('t')],
  ['opens it', (library) => library.findTrace('t')],
];

describe('a trace that the clock has settled', () => {
  it.each(looks)('is told to the pages, also where somebody %s before the tick', async (_, look) => {
    const { store, advance } = await openTestStore(await makeTemporaryDirectory());
    const { library } = store;
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    expect(library.findSummary('t')?.status).toBe('in_progress');
    const told: string[] = [];
    library.onTouched((traceId) => told.push(traceId));
    library.markSettled();
    expect(told).toEqual([]);
    advance(LATER_US);
    look(library);
    expect(told).toEqual(['t']);
    library.markSettled();
    expect(told).toEqual(['t']);
    expect(library.findSummary('t')?.status).toBe('completed');
  });

  it('stays on the list of what may settle while the status is read', async () => {
    const { store, advance } = await openTestStore(await makeTemporaryDirectory());
    const { library } = store;
    await store.append(makeBatch([makeSpan('t', 's')]), true);
    expect(library.summaries()).toHaveLength(1);
    advance(LATER_US);
    expect(library.spanCount).toBe(1);
    const told: string[] = [];
    library.onTouched((traceId) => told.push(traceId));
    library.markSettled();
    expect(told).toEqual(['t']);
  });
});
