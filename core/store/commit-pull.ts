/**
 * Takes one pull into the library: its rows, its summaries and its cursor in one transaction, so that a crash
 * loses all of it or nothing, and what is repeated afterwards is the same again.
 */
import type { TraceSummary } from '../model/trace-summary.ts';
import type { FeedPull } from '../rpc/feed.ts';
import type { LibraryDatabase, StoredState, StoredSummary } from './library-database.ts';
import { clearLibrary } from './open-library.ts';
import { emptyPage, forgetSegment, mergeKeys, putPages, readPageKey } from './page-parts.ts';

/** Somebody else has written since: read the library again before writing on. */
export class LibraryMovedError extends Error {
  constructor() {
    super('The library was written by another page meanwhile.');
    this.name = 'LibraryMovedError';
  }
}

/** What a commit takes of a pull. */
export type PulledPart = Pick<FeedPull, 'reset' | 'stale' | 'removed' | 'summaries' | 'pages' | 'cursor'> & {
  /** The end of the journal was reached. */
  readonly whole: boolean;
};

/** Commits a pull on top of `state`. Rejects with LibraryMovedError, or with the browser's error. */
export async function commitPull(
  library: LibraryDatabase,
  state: StoredState,
  pull: PulledPart,
  bytes: Uint8Array,
): Promise<StoredState> {
  const { dexie, meta, pages, segments, summaries, changes, snapshot, findings } = library;
  const tables = [meta, pages, segments, summaries, changes, snapshot, findings];
  return await dexie.transaction('rw', tables, async () => {
    const found = await meta.get('state');
    if (found?.version !== state.version) throw new LibraryMovedError();
    const base = pull.reset ? await clearLibrary(library, state.journalId) : found;
    for (const { segment } of pull.stale) await forgetSegment(library, segment);
    await removeTraces(library, pull.removed);
    const placed = await putPages(library, pull.pages, bytes);
    const forms = new Map(pull.pages.map(({ segment, generation }) => [segment, generation]));
    await segments.bulkPut([...forms].map(([segment, generation]) => ({ segment, generation })));
    await putSummaries(library, pull.summaries, placed);
    const version = base.version + 1;
    const upserted = pull.summaries.map(({ id }) => id);
    if (upserted.length + pull.removed.length > 0) {
      await changes.put({ version, upserted, removed: pull.removed });
    }
    const next = { ...base, version, cursor: pull.cursor, whole: base.whole || pull.whole };
    await meta.put(next);
    return next;
  });
}

/** Stores what is new of traces; a trace that was told of before keeps its pages. */
async function putSummaries(
  library: LibraryDatabase,
  summaries: readonly TraceSummary[],
  placed: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  const told = new Map(summaries.map((summary) => [summary.id, summary]));
  const ids = [...new Set([...told.keys(), ...placed.keys()])];
  const known = await library.summaries.bulkGet(ids);
  const rows = ids.flatMap((id, i): StoredSummary[] => {
    const summary = told.get(id);
    const before = known[i];
    const json = summary === undefined ? before?.json : JSON.stringify(summary);
    // Rows without a summary are of a trace that was deleted since.
    if (json === undefined) return [];
    return [{ id, json, pages: mergeKeys(before?.pages ?? [], placed.get(id) ?? []) }];
  });
  await library.summaries.bulkPut(rows);
}

/** Takes traces out of everything: their summaries, their rows, what plugins found in them. */
async function removeTraces(library: LibraryDatabase, traceIds: readonly string[]): Promise<void> {
  if (traceIds.length === 0) return;
  const ids = new Set(traceIds);
  const known = await library.summaries.bulkGet([...ids]);
  const keys = new Set(known.flatMap((row) => row?.pages ?? []));
  for (const key of keys) {
    const { segment, page } = readPageKey(key);
    await emptyPage(library, segment, page, ids);
  }
  await library.summaries.bulkDelete([...ids]);
  await library.findings
    .where('traceId')
    .anyOf([...ids])
    .delete();
}
