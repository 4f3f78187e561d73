/** Reads the list out of the library: at once from its snapshot, then by what each commit changed. */
import type { TraceSummary } from '../model/trace-summary.ts';
import type { LibraryDatabase, StoredState } from './library-database.ts';
import { parseSummary } from './read-trace.ts';

/** What to do to a list to bring it from one version to another. */
export interface ListChanges {
  /** Set: begin with this snapshot (encoded SummaryColumns), or with nothing where it is empty. */
  readonly base: Uint8Array | undefined;
  readonly removed: readonly string[];
  readonly upserts: readonly TraceSummary[];
  readonly state: StoredState;
}

/** From `since` on where that can be told, else everything; undefined where the library was just cleared away. */
export async function loadChanges(
  library: LibraryDatabase,
  since: number | undefined,
): Promise<ListChanges | undefined> {
  const { dexie, meta, summaries, changes, snapshot } = library;
  return await dexie.transaction('r', [meta, summaries, changes, snapshot], async () => {
    const state = await meta.get('state');
    if (state === undefined) return undefined;
    const saved = await snapshot.get('columns');
    // A snapshot has taken the changes before it, and clearing took all of them.
    const isTold = since !== undefined && since >= Math.max(saved?.version ?? 0, state.clearedAt);
    const from = isTold ? since : (saved?.version ?? 0);
    const ids = new Map<string, 'upserted' | 'removed'>();
    await changes
      .where('version')
      .above(from)
      .each(({ upserted, removed }) => {
        for (const id of removed) ids.set(id, 'removed');
        for (const id of upserted) ids.set(id, 'upserted');
      });
    const upserted = [...ids].flatMap(([id, what]) => (what === 'upserted' ? id : []));
    const removed = [...ids].flatMap(([id, what]) => (what === 'removed' ? id : []));
    const rows = await summaries.bulkGet(upserted);
    return {
      base: isTold ? undefined : (saved?.bytes ?? new Uint8Array(0)),
      removed,
      upserts: rows.flatMap((row) => (row === undefined ? [] : parseSummary(row.json))),
      state,
    };
  });
}

/** Keeps the list of a version as its snapshot; the changes up to it are then needed no more. */
export async function saveSnapshot(
  library: LibraryDatabase,
  version: number,
  bytes: Uint8Array,
): Promise<void> {
  const { dexie, changes, snapshot } = library;
  await dexie.transaction('rw', [changes, snapshot], async () => {
    await snapshot.put({ key: 'columns', version, bytes });
    await changes.where('version').belowOrEqual(version).delete();
  });
}
