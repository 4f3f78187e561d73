/**
 * Answers a page that feeds its own library: what stands in the journal behind its cursor, in order, whoever
 * asks. Between two pages the door has its turn, and no more than one answer is in memory.
 */
import { at } from '../../../core/model/assert.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { FeedCursor, FeedPull, FeedSegment, HeldSegment } from '../../../core/rpc/feed.ts';
import { PAGE_ROWS } from '../../../core/rpc/feed.ts';
import type { Library } from '../library/library.ts';
import { PageWriter } from './page-writer.ts';

export interface PullRequest {
  /** Undefined: from the beginning. */
  readonly cursor: FeedCursor | undefined;
  /** Undefined: nobody asks whether what is held still holds. */
  readonly held: readonly HeldSegment[] | undefined;
  readonly maxBytes: number;
}

/** An answer, and the bytes of its pages. */
export interface Pulled<Answer> {
  readonly answer: Answer;
  readonly bytes: Uint8Array;
}

const BEGINNING = { segment: 0, generation: 0, row: 0, line: 0, check: 0 } as const;
/** Summaries of one answer: they are JSON, and a message is one string. */
const MOST_TRACES = 4000;
/** For an estimate of what waits, before a page was made. */
const ROW_BYTES = 120;

/** Pulls pages from a cursor on. The library may grow and be compacted meanwhile. */
export async function pullPages(library: Library, request: PullRequest): Promise<Pulled<FeedPull>> {
  const writer = new PageWriter();
  const asked = request.cursor;
  const reset = asked !== undefined && !isWhereItWas(library, asked);
  const known = reset ? undefined : asked;
  // Taken first: rows cut from now on leave out what was deleted before.
  const deleted = library.deletions.since(known?.deletions ?? 0);
  const { stale, missing } = compareForms(library, reset ? [] : request.held, known);
  const place = await writePages(library, writer, known ?? BEGINNING, request.maxBytes);
  const waitingRows = rowsBehind(library, place);
  return {
    answer: {
      reset,
      stale,
      missing,
      removed: deleted.traceIds,
      cursor: { ...place, deletions: deleted.next },
      summaries: [...writer.traceIds].flatMap((id) => library.findSummary(id) ?? []),
      pages: writer.pages,
      waitingRows,
      waitingBytes: Math.round(waitingRows * (writer.bytesPerRow || ROW_BYTES)),
    },
    bytes: writer.join(),
  };
}

/** Pulls pages of one segment, which must not be the one that is written to. */
export async function pullSegment(
  library: Library,
  segment: number,
  fromPage: number,
  maxBytes: number,
): Promise<Pulled<FeedSegment>> {
  const writer = new PageWriter();
  if (!library.tables.extents().some((extent) => extent.segment === segment)) {
    return { answer: { generation: -1, pages: [], nextPage: null }, bytes: writer.join() };
  }
  const form = { segment, generation: library.tables.generationOf(segment) };
  let row = fromPage * PAGE_ROWS;
  let end = library.tables.get(segment).table.length;
  while (row < end && writer.bytes < maxBytes && library.tables.generationOf(segment) === form.generation) {
    const { table } = library.tables.get(segment);
    end = table.length;
    row = writer.add(form, table, row);
    await breathe();
  }
  const nextPage = row < end ? Math.floor(row / PAGE_ROWS) : null;
  return { answer: { generation: form.generation, pages: writer.pages, nextPage }, bytes: writer.join() };
}

type Place = Omit<FeedCursor, 'deletions'>;

async function writePages(
  library: Library,
  writer: PageWriter,
  from: Place,
  maxBytes: number,
): Promise<Place> {
  let place = from;
  const isFull = (): boolean => writer.bytes >= maxBytes || writer.traceIds.size >= MOST_TRACES;
  for (const { segment } of library.tables.extents()) {
    if (segment < from.segment) continue;
    if (isFull()) break;
    const form = { segment, generation: library.tables.generationOf(segment) };
    // Emptied by deletion since the walk began: a cursor must not stand there.
    if (form.generation < 0) continue;
    let { row, line } =
      place.segment === segment && place.generation === form.generation ? place : { row: 0, line: 0 };
    let { table } = library.tables.get(segment);
    while (row < table.length && !isFull()) {
      row = writer.add(form, table, row);
      // With the rows beside them: at the end of the segment they would tell of all its traces once more, at once.
      line = writer.addLines(table, line, at(table.columns.offset, row - 1));
      place = { ...form, row, line, check: checkAt(table, row) };
      await breathe();
      // Compacted meanwhile: these pages are stale already, and the next pull says so.
      if (library.tables.generationOf(segment) !== form.generation) return place;
      ({ table } = library.tables.get(segment));
    }
    if (row >= table.length) line = writer.addLines(table, line);
    place = { ...form, row, line, check: checkAt(table, row) };
  }
  return place;
}

/** False where the journal has other rows before the cursor than those that were pulled. */
function isWhereItWas(library: Library, { segment, generation, row, line, check }: FeedCursor): boolean {
  if (segment === 0 && row === 0 && line === 0) return true;
  const extents = library.tables.extents();
  const extent = extents.find((each) => each.segment === segment);
  // A segment that was emptied by deletion is gone, and others stand behind it.
  if (extent === undefined) return extents.some((each) => each.segment > segment);
  if (library.tables.generationOf(segment) !== generation) return true;
  const { table } = library.tables.get(segment);
  return row <= table.length && line * 3 <= table.traceLines.length && checkAt(table, row) === check;
}

function checkAt(table: SpanTable, row: number): number {
  return row === 0 ? 0 : at(table.columns.digest, row - 1);
}

function compareForms(
  library: Library,
  held: readonly HeldSegment[] | undefined,
  cursor: Place | undefined,
): Pick<FeedPull, 'stale' | 'missing'> {
  const now = new Map(
    library.tables.extents().map(({ segment }) => [segment, library.tables.generationOf(segment)]),
  );
  const inCursor =
    cursor !== undefined && cursor.segment > 0 && now.get(cursor.segment) !== cursor.generation
      ? [{ segment: cursor.segment, generation: cursor.generation }]
      : [];
  if (held === undefined) return { stale: inCursor, missing: [] };
  const forms = new Map(held.map(({ segment, generation }) => [segment, generation]));
  const stale = held.filter(({ segment, generation }) => now.get(segment) !== generation);
  const missing = [...now]
    .filter(([segment, generation]) => segment < (cursor?.segment ?? 0) && forms.get(segment) !== generation)
    .map(([segment, generation]) => ({ segment, generation }));
  return { stale: stale.length === 0 ? inCursor : stale, missing };
}

function rowsBehind(library: Library, place: Place): number {
  let rows = 0;
  for (const extent of library.tables.extents()) {
    if (extent.segment > place.segment) rows += extent.rows;
    else if (extent.segment === place.segment) rows += Math.max(extent.rows - place.row, 0);
  }
  return rows;
}

/** Lets everything else that waits have its turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
