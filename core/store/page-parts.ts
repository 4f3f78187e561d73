/** Pages of the library as they are stored: joined out of parts, emptied of traces, named by one number. */
import { at } from '../model/assert.ts';
import { cutRows } from '../model/cut-rows.ts';
import { decodeSpanTable, encodeSpanTable, readTraceIds } from '../model/span-table-bytes.ts';
import { SpanTable } from '../model/span-table.ts';
import { PAGE_ROWS, type FeedPage } from '../rpc/feed.ts';
import type { LibraryDatabase, PagePart } from './library-database.ts';

/** More pages than a segment has. */
const PAGES_PER_SEGMENT = 2 ** 20;
/** A page that fills slowly is stored in so many parts before they are joined: each commit writes little. */
const MOST_PARTS = 32;

function pageKey(segment: number, page: number): number {
  return segment * PAGES_PER_SEGMENT + page;
}

export function readPageKey(key: number): { readonly segment: number; readonly page: number } {
  return { segment: Math.floor(key / PAGES_PER_SEGMENT), page: key % PAGES_PER_SEGMENT };
}

/** The parts of a page, in order of their rows. */
export function readParts(library: LibraryDatabase, segment: number, page: number): Promise<PagePart[]> {
  return library.pages
    .where('[segment+page+from]')
    .between([segment, page, 0], [segment, page, PAGE_ROWS])
    .toArray();
}

/** Forgets all pages of a segment, and of every trace that it had rows there. */
export async function forgetSegment(library: LibraryDatabase, segment: number): Promise<void> {
  const ids = new Set<string>();
  const pages = library.pages
    .where('[segment+page+from]')
    .between([segment, 0, 0], [segment, PAGES_PER_SEGMENT, 0]);
  await pages.each(({ bytes }) => {
    for (const id of readTraceIds(bytes)) ids.add(id);
  });
  await pages.delete();
  await library.segments.delete(segment);
  const rows = await library.summaries.bulkGet([...ids]);
  const isElsewhere = (key: number): boolean => readPageKey(key).segment !== segment;
  await library.summaries.bulkPut(
    rows.flatMap((row) => (row === undefined ? [] : { ...row, pages: row.pages.filter(isElsewhere) })),
  );
}

/** Stores the pages of an answer; returns which of them hold each trace. */
export async function putPages(
  library: LibraryDatabase,
  pages: readonly FeedPage[],
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const placed = new Map<string, number[]>();
  for (const { segment, page, from, rows, offset, bytes: size } of pages) {
    // A copy of its own: a view would store all the bytes of the answer with each page.
    const own = bytes.slice(offset, offset + size);
    await putPart(library, { segment, page, from, rows, bytes: own });
    const key = pageKey(segment, page);
    for (const traceId of readTraceIds(own)) {
      const keys = placed.get(traceId);
      if (keys === undefined) placed.set(traceId, [key]);
      else if (keys.at(-1) !== key) keys.push(key);
    }
  }
  return placed;
}

/** Two lists of page keys, each ascending, as one. */
export function mergeKeys(before: readonly number[], added: readonly number[]): readonly number[] {
  const last = before.at(-1) ?? -1;
  if (added.every((key) => key > last)) return before.length === 0 ? added : [...before, ...added];
  return [...new Set([...before, ...added])].sort((a, b) => a - b);
}

/** Stores a part behind those that its page has, and joins them where the page is full or in many parts. */
async function putPart(library: LibraryDatabase, part: PagePart): Promise<void> {
  const { segment, page, from, rows } = part;
  if (from === 0) {
    await library.pages.put(part);
    return;
  }
  const keys = await library.pages
    .where('[segment+page+from]')
    .between([segment, page, 0], [segment, page, from])
    .primaryKeys();
  if (from + rows < PAGE_ROWS && keys.length < MOST_PARTS) {
    await library.pages.put(part);
    return;
  }
  const parts = [...(await readParts(library, segment, page)).filter((each) => each.from < from), part];
  await library.pages.bulkDelete(keys);
  await library.pages.put({ segment, page, from: 0, ...joinParts(parts) });
}

/** Takes the rows of traces out of a page; where they stood nothing is left but their places. */
export async function emptyPage(
  library: LibraryDatabase,
  segment: number,
  page: number,
  traceIds: ReadonlySet<string>,
): Promise<void> {
  for (const part of await readParts(library, segment, page)) {
    const table = decodeSpanTable(part.bytes);
    if (!table.traces.some(({ id }) => traceIds.has(id))) continue;
    const emptied = cutRows(table, 0, table.length, (id) => traceIds.has(id));
    await library.pages.put({ ...part, bytes: encodeSpanTable(emptied) });
  }
}

function joinParts(parts: readonly PagePart[]): Pick<PagePart, 'rows' | 'bytes'> {
  const joined = new SpanTable();
  for (const { bytes } of parts) {
    const table = decodeSpanTable(bytes);
    const numbers = table.traces.map((entry) => joined.mergeTrace(entry));
    for (let row = 0; row < table.length; row++) {
      joined.appendFrom(table, row, at(numbers, at(table.columns.trace, row)));
    }
  }
  return { rows: joined.length, bytes: encodeSpanTable(joined) };
}
