/** The library of a page holds what the journal holds, however it came there. */
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commitPull, LibraryMovedError } from '../../../core/store/commit-pull.ts';
import { MIGRATIONS } from '../../../core/store/library-database.ts';
import { loadChanges, saveSnapshot } from '../../../core/store/load-library.ts';
import { libraryName, openLibrary } from '../../../core/store/open-library.ts';
import { readTrace } from '../../../core/store/read-trace.ts';
import { pullPages } from '../../../electron/host/feed/pull-pages.ts';
import { generateLines } from '../../generate/generate.ts';
import { makeBatch, makeSpan, openTestStore, type StoreFixture } from '../../electron/host/store-fixture.ts';
import { makeTemporaryDirectory } from '../../electron/host/temporary-directory.ts';
import { dump, feed, JOURNAL, openTestLibrary } from './library-fixture.ts';

const openStore = async (): Promise<StoreFixture> =>
  openTestStore(await makeTemporaryDirectory(), { limits: { bytes: 3_000_000 } });

function generate(spans: number): object[] {
  return [...generateLines({ seed: 11, spans })].map((line) => JSON.parse(line) as object);
}

describe('feeding', () => {
  it('bit by bit and from zero give the same, row by row and summary by summary', async () => {
    const { store } = await openStore();
    const grown = await openTestLibrary();
    let { state } = grown;
    const items = generate(6000);
    let pulled = 0;
    for (let from = 0; from < items.length; from += 60) {
      await store.append(makeBatch(items.slice(from, from + 60)), false);
      const fed = await feed(store.library, { ...grown, state });
      state = fed.state;
      pulled += fed.bytes;
    }
    const fresh = await openTestLibrary();
    const { bytes } = await feed(store.library, fresh, 1);
    const expected = await dump(fresh.library);
    expect(expected.rows).toHaveLength(6000);
    expect(await dump(grown.library)).toEqual(expected);
    // What is small costs its own head each time, and no page comes twice.
    expect(pulled).toBeLessThan(bytes * 3);
    // No page is left in many parts.
    expect(await grown.library.pages.count()).toBeLessThan(40);
  });

  it('opens a trace from its pages as the host does', async () => {
    const { store } = await openStore();
    for (let from = 0, items = generate(3000); from < items.length; from += 500)
      await store.append(makeBatch(items.slice(from, from + 500)), false);
    const opened = await openTestLibrary();
    await feed(store.library, opened);
    for (const summary of store.library.summaries()) {
      const trace = await readTrace(opened.library, summary.id);
      expect(trace?.summary).toEqual(summary);
      const spans = store.library.findTrace(summary.id)?.spans;
      expect(idsOf(trace?.spans)).toEqual(idsOf(spans));
    }
    expect(await readTrace(opened.library, 'nobody')).toBeUndefined();
  });

  it('is all of a pull or nothing, wherever the store fails', async () => {
    const { store } = await openStore();
    const opened = await openTestLibrary();
    await store.append(makeBatch([makeSpan('t1', 's1')]), false);
    const { state } = await feed(store.library, opened);
    await store.append(makeBatch([makeSpan('t1', 's2'), makeSpan('t2', 's1')]), false);
    const request = { cursor: state.cursor, held: undefined, maxBytes: 1000 };
    const { answer, bytes } = await pullPages(store.library, request);
    const before = await dump(opened.library);
    let failures = 0;
    for (let failing = 1; ; failing++) {
      failAtPut(failing);
      const outcome = await commitPull(opened.library, state, { ...answer, whole: true }, bytes).catch(
        (error: unknown) => error,
      );
      restorePut();
      if (!(outcome instanceof Error)) break;
      failures++;
      expect(await dump(opened.library), `put ${String(failing)}`).toEqual(before);
    }
    expect(failures).toBeGreaterThan(4);
    const fresh = await openTestLibrary();
    await feed(store.library, fresh);
    expect(await dump(opened.library)).toEqual(await dump(fresh.library));
  });

  it('refuses to write over what another page has written since', async () => {
    const { store } = await openStore();
    const opened = await openTestLibrary();
    await store.append(makeBatch([makeSpan('t1', 's1')]), false);
    await feed(store.library, opened);
    await expect(feed(store.library, opened)).rejects.toBeInstanceOf(LibraryMovedError);
  });

  it('takes a trace out of summaries and rows', async () => {
    const { store } = await openStore();
    const opened = await openTestLibrary();
    const named = { span_data: { type: 'function', name: 'CANARY' } };
    await store.append(makeBatch([makeSpan('gone', 's1', named), makeSpan('kept', 's1')]), false);
    const { state } = await feed(store.library, opened);
    const { answer, bytes } = await pullPages(store.library, {
      cursor: state.cursor,
      held: undefined,
      maxBytes: 1,
    });
    await commitPull(opened.library, state, { ...answer, removed: ['gone'], whole: true }, bytes);
    const { rows, summaries } = await dump(opened.library);
    expect(rows[0]).toBe('1:0 gone');
    expect(rows[1]).toMatch(/^1:1 kept/);
    expect(summaries).toMatchObject([{ id: 'kept' }]);
    expect(JSON.stringify(await opened.library.pages.toArray())).not.toContain('CANARY');
    expect(await readTrace(opened.library, 'gone')).toBeUndefined();
  });

  it('forgets everything where the host says that the cursor is of no use', async () => {
    const { store } = await openStore();
    const opened = await openTestLibrary();
    await store.append(makeBatch([makeSpan('t1', 's1')]), false);
    const { state } = await feed(store.library, opened);
    const other = await openTestStore(await makeTemporaryDirectory());
    await other.store.append(makeBatch([makeSpan('t9', 's9', { error: { message: 'x' } })]), false);
    await feed(other.store.library, { ...opened, state });
    const fresh = await openTestLibrary();
    await feed(other.store.library, fresh);
    expect(await dump(opened.library)).toEqual(await dump(fresh.library));
  });
});

describe('the list', () => {
  it('is loaded from its snapshot and what changed since', async () => {
    const { store } = await openStore();
    const opened = await openTestLibrary();
    await store.append(makeBatch([makeSpan('t1', 's1'), makeSpan('t2', 's1')]), false);
    const first = await feed(store.library, opened);
    await saveSnapshot(opened.library, first.state.version, new Uint8Array([7]));
    await store.append(makeBatch([makeSpan('t2', 's2')]), false);
    const { state } = await feed(store.library, { ...opened, state: first.state });
    const loaded = await loadChanges(opened.library, undefined);
    expect(loaded).toMatchObject({
      base: new Uint8Array([7]),
      removed: [],
      upserts: [{ id: 't2', spans: 2 }],
    });
    expect((await loadChanges(opened.library, first.state.version))?.base).toBeUndefined();
    expect(await loadChanges(opened.library, state.version)).toMatchObject({ base: undefined, upserts: [] });
    // Who stands before the snapshot begins anew.
    expect((await loadChanges(opened.library, 1))?.base).toEqual(new Uint8Array([7]));
  });
});

describe('a database', () => {
  it('of a newer schema, or of a newer format, is left alone', async () => {
    const indexedDB = new IDBFactory();
    const newer = [...MIGRATIONS, { version: 2, tables: { later: 'id' }, rebuilds: false }];
    const { library } = await openTestLibrary(indexedDB, { migrations: newer });
    library.dexie.close();
    const before = await indexedDB.databases();
    expect(await openLibrary({ journalId: JOURNAL, indexedDB, IDBKeyRange })).toEqual({ kind: 'newer' });
    expect(await indexedDB.databases()).toEqual(before);
    const other = new IDBFactory();
    const opened = await openTestLibrary(other);
    await opened.library.meta.put({ ...opened.state, format: 99 });
    opened.library.dexie.close();
    expect(await openLibrary({ journalId: JOURNAL, indexedDB: other, IDBKeyRange })).toEqual({
      kind: 'newer',
    });
  });

  it('of an older schema or format is made again, and keeps its views', async () => {
    const { store } = await openStore();
    await store.append(makeBatch([makeSpan('t1', 's1')]), false);
    const indexedDB = new IDBFactory();
    const first = await openTestLibrary(indexedDB);
    await feed(store.library, first);
    const view = { id: 'v', name: 'Failed', query: 'status=failed', savedAtMs: 1 };
    await first.library.views.put(view);
    const expected = await dump(first.library);
    first.library.dexie.close();
    const newer = [...MIGRATIONS, { version: 2, tables: { later: 'id' }, rebuilds: true }];
    const second = await openTestLibrary(indexedDB, { migrations: newer });
    expect(second.state).toMatchObject({ cursor: undefined, whole: false });
    expect(await second.library.pages.count()).toBe(0);
    expect(await second.library.views.toArray()).toEqual([view]);
    const { state } = await feed(store.library, second);
    expect(await dump(second.library)).toEqual(expected);
    await second.library.meta.put({ ...state, format: 0 });
    second.library.dexie.close();
    const third = await openTestLibrary(indexedDB, { migrations: newer });
    expect(third.state.cursor).toBeUndefined();
    expect(third.state.version).toBeGreaterThan(state.version);
  });

  it('is one a journal', async () => {
    const indexedDB = new IDBFactory();
    await openTestLibrary(indexedDB);
    await openTestLibrary(indexedDB, { journalId: 'other' });
    const names = (await indexedDB.databases()).map(({ name }) => name).sort();
    expect(names).toEqual([libraryName(JOURNAL), libraryName('other')]);
  });
});

const { put } = IDBObjectStore.prototype;

/** Makes the n-th put from now on throw, as a full disk does. */
function failAtPut(n: number): void {
  let count = 0;
  IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
    if (++count === n) throw new DOMException('made by the test', 'QuotaExceededError');
    return put.apply(this, args);
  };
  onTestFinished(restorePut);
}

function restorePut(): void {
  IDBObjectStore.prototype.put = put;
}

function idsOf(table: { readonly length: number; spanId(row: number): string } | undefined): string[] {
  return Array.from({ length: table?.length ?? 0 }, (_, row) => table?.spanId(row) ?? '');
}
