/** Takes the new form of a compacted segment into the library, part by part; only the last makes it held. */
import type { FeedSegment } from '../rpc/feed.ts';
import { LibraryMovedError } from './commit-pull.ts';
import type { LibraryDatabase, StoredState } from './library-database.ts';
import { forgetSegment, mergeKeys, putPages } from './page-parts.ts';

/** Commits pages of a segment on top of `state`; the `first` ones replace whatever was there. */
export async function commitSegment(
  library: LibraryDatabase,
  state: StoredState,
  segment: number,
  first: boolean,
  answer: FeedSegment,
  bytes: Uint8Array,
): Promise<StoredState> {
  const { dexie, meta, pages, segments, summaries } = library;
  return await dexie.transaction('rw', [meta, pages, segments, summaries], async () => {
    const found = await meta.get('state');
    if (found?.version !== state.version) throw new LibraryMovedError();
    if (first) await forgetSegment(library, segment);
    const placed = await putPages(library, answer.pages, bytes);
    const ids = [...placed.keys()];
    const rows = await summaries.bulkGet(ids);
    // Rows without a summary are of a trace that was deleted since.
    const known = rows.flatMap((row) => row ?? []);
    await summaries.bulkPut(
      known.map((row) => ({ ...row, pages: mergeKeys(row.pages, placed.get(row.id) ?? []) })),
    );
    const { generation } = answer;
    if (answer.nextPage === null && generation >= 0) await segments.put({ segment, generation });
    const next = { ...found, version: found.version + 1 };
    await meta.put(next);
    return next;
  });
}
