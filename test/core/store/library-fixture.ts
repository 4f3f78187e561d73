/** A library in a browser's store in memory, fed from a real journal without a socket between. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { onTestFinished } from 'vitest';
import { decodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { commitPull } from '../../../core/store/commit-pull.ts';
import type { LibraryDatabase, StoredState } from '../../../core/store/library-database.ts';
import { openLibrary, type OpenLibraryParts } from '../../../core/store/open-library.ts';
import { pullPages } from '../../../electron/host/feed/pull-pages.ts';
import type { Library } from '../../../electron/host/library/library.ts';
import { rowTexts } from './row-texts.ts';

export const JOURNAL = 'journal-of-the-test';

export interface OpenedTestLibrary {
  readonly library: LibraryDatabase;
  readonly state: StoredState;
}

/** Opens a library in a store of its own, or in one that a test shares. */
export async function openTestLibrary(
  indexedDB: IDBFactory = new IDBFactory(),
  more: Partial<OpenLibraryParts> = {},
): Promise<OpenedTestLibrary> {
  const opened = await openLibrary({ journalId: JOURNAL, indexedDB, IDBKeyRange, ...more });
  if (opened.kind !== 'open') throw new Error('the library is of a newer version');
  const { library, state } = opened;
  onTestFinished(() => {
    library.dexie.close();
  });
  return { library, state };
}

/** Pulls and commits until nothing waits. Answers the state then, and the bytes it took. */
export async function feed(
  host: Library,
  { library, state }: OpenedTestLibrary,
  maxBytes = 16_000_000,
): Promise<{ readonly state: StoredState; readonly bytes: number; readonly pulls: number }> {
  let now = state;
  let total = 0;
  for (let pulls = 1; ; pulls++) {
    const { answer, bytes } = await pullPages(host, { cursor: now.cursor, held: undefined, maxBytes });
    total += bytes.length;
    const whole = answer.waitingRows === 0;
    now = await commitPull(library, now, { ...answer, whole }, bytes);
    if (whole) return { state: now, bytes: total, pulls };
  }
}

/** Everything that the journal's content made, in an order of its own: two dumps are equal or the libraries are not. */
export async function dump(library: LibraryDatabase): Promise<{
  readonly rows: readonly string[];
  readonly summaries: readonly unknown[];
  readonly cursor: unknown;
  readonly segments: unknown;
}> {
  const parts = await library.pages.toArray();
  const rows = parts.flatMap(({ bytes, ...place }) => rowTexts({ ...place, table: decodeSpanTable(bytes) }));
  const stored = await library.summaries.toArray();
  return {
    rows,
    summaries: stored.map(({ id, json, pages }) => ({ id, pages, summary: JSON.parse(json) as unknown })),
    cursor: (await library.meta.get('state'))?.cursor,
    segments: await library.segments.toArray(),
  };
}
