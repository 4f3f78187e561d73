import { expect, test } from 'vitest';
import { parseQuery } from '../../../core/query/parse-query.ts';
import { utcClock } from '../../../core/query/resolve-time.ts';
import { NEWEST_FIRST, type LibraryQuery } from '../../../core/store/library-query.ts';
import { RowCosts } from '../../../core/store/row-costs.ts';
import { ColumnsList } from '../../../renderer/store/columns-list.ts';
import { LibraryShelf } from '../../../renderer/store/library-shelf.ts';
import type { FromStore, LibraryView, RowsView } from '../../../renderer/store/store-messages.ts';
import { summaryOf } from '../../core/store/listed-trace-samples.ts';

const ALL = { most: 100, find: '' };
const QUERY: LibraryQuery = {
  tree: { kind: 'all' },
  sort: NEWEST_FIRST,
  facets: { status: ALL, workflow: ALL, agent: ALL, model: ALL, origin: ALL },
  bins: 40,
};

/** A shelf whose time stands still until `gather` is called. */
function makeShelf(traces: number) {
  const sent: FromStore[] = [];
  const wanted: (readonly string[])[] = [];
  const costsWanted: { readonly inSight: readonly number[]; readonly all: boolean }[] = [];
  const costs = new RowCosts();
  let waiting: (() => void) | undefined;
  const list = new ColumnsList((freed) => shelf.changed(freed));
  const shelf = new LibraryShelf({
    columns: () => list.columns,
    isComplete: () => true,
    send: (message) => void sent.push(message),
    later: (run) => {
      waiting = run;
    },
    nowMs: () => 0,
    clock: () => utcClock(0),
    host: {
      want: (parts) => void wanted.push(parts),
      answerOf: () => undefined,
      asking: undefined,
      valuesOf: () => Promise.resolve([{ value: 'of the host', traces: 1 }]),
    },
    prices: {
      want: (inSight, all) => void costsWanted.push({ inSight, all }),
      costs,
      asking: undefined,
    },
    sampleOrigin: 'live',
  });
  const add = (numbers: readonly number[], removed: readonly string[] = []): void => {
    list.apply({ reset: false, removed, upserts: numbers.map((i) => startingAt(i)) });
  };
  const gather = (): void => {
    waiting?.();
    waiting = undefined;
  };
  const rows = (): RowsView => {
    const last = sent.findLast((message) => message.kind === 'view' || message.kind === 'rows');
    if (last === undefined) throw new Error('nothing was sent');
    return last.kind === 'view' ? last.view.rows : last.rows;
  };
  const view = (): LibraryView | undefined => {
    const last = sent.findLast((message) => message.kind === 'view');
    return last?.view;
  };
  add(Array.from({ length: traces }, (_, i) => i));
  shelf.hear({ kind: 'ask', query: QUERY });
  const ask = (text: string): void => {
    const parsed = parseQuery(text);
    if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
    shelf.hear({ kind: 'ask', query: { ...QUERY, tree: parsed.tree } });
  };
  const ids = (): readonly string[] => rows().rows.map(({ id }) => id);
  const selectedIds = (): readonly string[] => {
    shelf.hear({ kind: 'ids', request: 1, of: 'chosen' });
    return sent.flatMap((message) => (message.kind === 'ids' ? [message.ids] : [])).at(-1) ?? [];
  };
  return { shelf, list, add, gather, rows, view, ids, ask, sent, selectedIds, wanted, costs, costsWanted };
}

/** The higher the number, the newer. */
function startingAt(i: number): ReturnType<typeof summaryOf> {
  const seconds = String(i % 60).padStart(2, '0');
  const minutes = String(Math.floor(i / 60)).padStart(2, '0');
  return { ...summaryOf(i), startedAt: `2026-11-16T10:${minutes}:${seconds}.000000Z` };
}

const idOf = (i: number): string => summaryOf(i).id;

test('the newest stand first, and what arrives is shown when it was gathered', () => {
  const { add, gather, ids, sent } = makeShelf(3);
  expect(ids()).toEqual([2, 1, 0].map(idOf));
  const before = sent.length;
  add([3]);
  add([4]);
  expect(sent).toHaveLength(before);
  gather();
  expect(sent).toHaveLength(before + 1);
  expect(ids()).toEqual([4, 3, 2, 1, 0].map(idOf));
});

test('while it is held no row moves: new ones wait and are counted, figures and values go on', () => {
  const { shelf, add, gather, ids, rows, view } = makeShelf(3);
  shelf.hear({ kind: 'hold', held: true });
  add([3, 4]);
  gather();
  expect(ids()).toEqual([2, 1, 0].map(idOf));
  expect(rows().waiting).toBe(2);
  expect(view()?.figures.total).toBe(5);
  shelf.hear({ kind: 'hold', held: false });
  expect(ids()).toEqual([4, 3, 2, 1, 0].map(idOf));
  expect(rows().waiting).toBe(0);
});

test('a trace that goes while the list is held leaves it, and the one that takes its row is a new one', () => {
  const { shelf, add, gather, ids, rows } = makeShelf(3);
  shelf.hear({ kind: 'select', choice: { kind: 'all' } });
  shelf.hear({ kind: 'hold', held: true });
  add([7], [idOf(1)]);
  gather();
  expect(ids()).toEqual([2, 0].map(idOf));
  expect(rows().waiting).toBe(1);
  expect(rows().selected).toBe(2);
});

test('a question that is asked while the list is held is answered with all there is', () => {
  const { shelf, add, gather, ids, ask } = makeShelf(3);
  shelf.hear({ kind: 'hold', held: true });
  add([3]);
  gather();
  ask(idOf(3));
  expect(ids()).toEqual([idOf(3)]);
});

test('the cursor stays on its trace while rows move, and is on none that is gone', () => {
  const { shelf, add, gather, rows } = makeShelf(3);
  shelf.hear({ kind: 'move', by: 1 });
  expect(rows().cursor).toEqual({ index: 0, id: idOf(2) });
  add([3]);
  gather();
  expect(rows().cursor).toEqual({ index: 1, id: idOf(2) });
  shelf.hear({ kind: 'move', by: -5 });
  expect(rows().cursor?.index).toBe(0);
  shelf.hear({ kind: 'move', by: 99 });
  expect(rows().cursor).toEqual({ index: 3, id: idOf(0) });
  add([], [idOf(0)]);
  gather();
  expect(rows().cursor).toBeUndefined();
});

test('rows are chosen one by one, up to another, all, or none; their ids come in the order of the list', () => {
  const { shelf, rows, selectedIds } = makeShelf(6);
  shelf.hear({ kind: 'select', choice: { kind: 'toggle', index: 4 } });
  shelf.hear({ kind: 'select', choice: { kind: 'range', index: 2 } });
  expect(selectedIds()).toEqual([3, 2, 1].map(idOf));
  shelf.hear({ kind: 'select', choice: { kind: 'toggle', index: 3 } });
  expect(selectedIds()).toEqual([3, 1].map(idOf));
  expect(rows().rows.map(({ selected }) => selected)).toEqual([false, false, true, false, true, false]);
  shelf.hear({ kind: 'select', choice: { kind: 'all' } });
  expect(rows().selected).toBe(6);
  shelf.hear({ kind: 'select', choice: { kind: 'none' } });
  expect(selectedIds()).toEqual([]);
});

test('another filter lets go of what was chosen, another order does not', () => {
  const { shelf, rows, ask } = makeShelf(6);
  shelf.hear({ kind: 'select', choice: { kind: 'toggle', index: 1 } });
  shelf.hear({ kind: 'ask', query: { ...QUERY, sort: { by: 'spans', descending: true } } });
  expect(rows().selected).toBe(1);
  ask('o');
  expect(rows().selected).toBe(0);
});

test('only the rows of the window are sent, and the traces of the sample are counted', () => {
  const { shelf, rows, view, list } = makeShelf(200);
  shelf.hear({ kind: 'window', from: 50, to: 70 });
  expect(rows().from).toBe(50);
  expect(rows().rows).toHaveLength(20);
  expect(rows().length).toBe(200);
  const live = [...list.columns.allIds()].filter((id) =>
    list.columns.read(list.columns.rowOf(id) ?? 0).origins.includes('live'),
  );
  expect(view()?.sampleTraces).toBe(live.length);
});

test('a list that begins anew keeps neither rows nor choice of the old one', () => {
  const { shelf, list, gather, rows } = makeShelf(5);
  shelf.hear({ kind: 'select', choice: { kind: 'all' } });
  shelf.hear({ kind: 'hold', held: true });
  list.apply({ reset: true, removed: [], upserts: [startingAt(9)] });
  gather();
  expect(rows()).toMatchObject({ length: 1, selected: 0, waiting: 0 });
});

test('what a key chooses or opens is where the steps before it lead, drawn or not', () => {
  const { shelf, sent, selectedIds } = makeShelf(3);
  const cursorIds = (): readonly string[] => {
    shelf.hear({ kind: 'ids', request: 2, of: 'cursor' });
    return sent.flatMap((message) => (message.kind === 'ids' ? [message.ids] : [])).at(-1) ?? [];
  };
  shelf.hear({ kind: 'select', choice: { kind: 'toggle' } });
  expect(selectedIds()).toEqual([]);
  expect(cursorIds()).toEqual([]);
  shelf.hear({ kind: 'move', by: 1 });
  shelf.hear({ kind: 'move', by: 1 });
  shelf.hear({ kind: 'select', choice: { kind: 'toggle' } });
  expect(cursorIds()).toEqual([idOf(1)]);
  expect(selectedIds()).toEqual([idOf(1)]);
});

test('the host is asked for the parts of a query that the columns do not tell, and for no others', () => {
  const { ask, wanted } = makeShelf(3);
  ask('agent:Billing (tool:lookup or not span(error:true)) cost>$0.02 tool:lookup');
  ask('agent:Billing');
  expect(wanted).toEqual([['span(error:true)', 'tool:lookup'], []]);
});

test('costs are asked for where they are shown, and of all traces where the question is about cost', () => {
  const { shelf, ask, rows, ids, list, costs, costsWanted } = makeShelf(3);
  expect(costsWanted.at(-1)).toEqual({ inSight: [], all: false });
  shelf.hear({ kind: 'ask', query: QUERY, showsCosts: true });
  expect(costsWanted.at(-1)).toEqual({ inSight: [2, 1, 0], all: false });
  ask('cost>$0.02');
  expect(costsWanted.at(-1)?.all).toBe(true);
  expect(ids()).toEqual([]);
  for (const [i, usd] of [0.01, 0.03, Number.NaN].entries()) {
    costs.write(list.columns.rowOf(idOf(i)) ?? -1, usd, i, false);
  }
  ask('cost>$0.02');
  expect(ids()).toEqual([idOf(1)]);
  expect(rows().rows[0]?.cost).toEqual({ usd: 0.03, unpricedCalls: 1, isStale: false });
  ask('not cost>$0.02');
  expect(ids()).toEqual([2, 0].map(idOf));
  for (const descending of [true, false]) {
    shelf.hear({ kind: 'ask', query: { ...QUERY, sort: { by: 'cost', descending } } });
    expect(ids()).toEqual((descending ? [1, 0, 2] : [0, 1, 2]).map(idOf));
    expect(costsWanted.at(-1)?.all).toBe(true);
  }
});

test('values to complete a query come from the columns, and from the host where they hold none', async () => {
  const { shelf, sent } = makeShelf(30);
  const valuesOf = async (field: 'model' | 'tool'): Promise<readonly string[]> => {
    shelf.hear({ kind: 'values', request: 1, of: { field, key: '', find: 'MINI', most: 5 } });
    await Promise.resolve();
    const last = sent.at(-1);
    return last?.kind === 'values' ? last.values.map(({ value }) => value) : [];
  };
  expect(await valuesOf('model')).toEqual(['gpt-5-mini']);
  expect(await valuesOf('tool')).toEqual(['of the host']);
});
