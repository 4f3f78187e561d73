/** What is kept of traces: no more than there is room for, and nothing of what has changed. */
import { expect, test } from 'vitest';
import type { TraceRows } from '../../../../core/analysis/corpus/corpus-facts.ts';
import type { PriceBook } from '../../../../core/analysis/cost/price-book.ts';
import { FactKeeper, TooManySpansError } from '../../../../electron/host/corpus/fact-keeper.ts';
import type { TraceStore } from '../../../../electron/host/trace-store.ts';
import { snapshotBook } from '../../../core/analysis/cost/snapshot.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { makeBatch, makeSpan, openTestStore } from '../store-fixture.ts';

const BOOK = snapshotBook();

async function openStore(traces: number, spans: number): Promise<TraceStore> {
  const { store } = await openTestStore(await makeTemporaryDirectory());
  for (let t = 0; t < traces; t++) {
    const items = Array.from({ length: spans }, (_, s) =>
      makeSpan(`t${String(t)}`, `t${String(t)}s${String(s)}`),
    );
    await store.append(makeBatch(items), false);
  }
  return store;
}

function bring(
  keeper: FactKeeper,
  store: TraceStore,
  ids: readonly string[],
  book: PriceBook = BOOK,
): readonly TraceRows[] {
  const summaries = ids.flatMap((id) => store.library.findSummary(id) ?? []);
  const work = keeper.bring(summaries, book);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

test('more than can be held is refused, less makes room for itself', async () => {
  const store = await openStore(3, 10);
  const keeper = new FactKeeper(store.library, 20);
  expect(() => bring(keeper, store, ['t0', 't1', 't2'])).toThrow(TooManySpansError);
  expect(bring(keeper, store, ['t0', 't1'])).toHaveLength(2);
  expect(bring(keeper, store, ['t2'])).toHaveLength(1);
  expect(keeper.facts.spanCount).toBe(10);
});

test('a trace that stays is made once, one that changed is made anew', async () => {
  const store = await openStore(2, 3);
  const keeper = new FactKeeper(store.library);
  const before = bring(keeper, store, ['t0', 't1']);
  await store.append(makeBatch([makeSpan('t0', 'more')]), false);
  const after = bring(keeper, store, ['t0', 't1']);
  expect(after[1]).toBe(before[1]);
  expect(after[0]?.spans).toEqual({ from: 6, to: 10 });
  expect(keeper.facts.spanCount).toBe(7);
});

test('stretches that are dead are taken out once they are the most', async () => {
  const store = await openStore(1, 15_000);
  const keeper = new FactKeeper(store.library);
  for (let i = 0; i < 4; i++) {
    await store.append(makeBatch([makeSpan('t0', `more${String(i)}`)]), false);
    bring(keeper, store, ['t0']);
  }
  const [rows] = bring(keeper, store, ['t0']);
  expect(keeper.facts.spanCount).toBe(15_004);
  expect(keeper.facts.spans.length).toBeLessThan(60_000);
  const { name } = keeper.facts.spans.columns;
  for (let row = rows?.spans.from ?? 0; row < (rows?.spans.to ?? 0); row++)
    expect(keeper.facts.strings.at(name[row] ?? 0)).toBe('lookup');
});

test('other prices make other facts', async () => {
  const store = await openStore(1, 2);
  const keeper = new FactKeeper(store.library);
  bring(keeper, store, ['t0']);
  const { facts } = keeper;
  const other = Object.create(BOOK, { id: { value: 'others' } }) as PriceBook;
  expect(bring(keeper, store, ['t0'], other)).toHaveLength(1);
  expect(keeper.facts).not.toBe(facts);
});
