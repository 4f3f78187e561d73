/** Opens a trace out of the library's pages, while the host is away: its spans, folded, and what is known of it. */
import { at } from '../model/assert.ts';
import { foldSpans } from '../model/fold.ts';
import { decodeSpanTable } from '../model/span-table-bytes.ts';
import { SpanTable } from '../model/span-table.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import type { LibraryDatabase } from './library-database.ts';
import { readPageKey, readParts } from './page-parts.ts';

export interface StoredTrace {
  readonly summary: TraceSummary;
  /** One row a span. Where two reports of equal rank differ, the first stands: their lines are at the host. */
  readonly spans: SpanTable;
}

/** Undefined where the library does not have the trace. */
export async function readTrace(library: LibraryDatabase, traceId: string): Promise<StoredTrace | undefined> {
  const stored = await library.summaries.get(traceId);
  if (stored === undefined) return undefined;
  const table = await readRows(library, traceId, stored.pages);
  const rows = Array.from({ length: table.length }, (_, row) => row);
  return { summary: parseSummary(stored.json), spans: foldSpans(table, rows, () => 0) };
}

/** All rows of a trace, oldest first. */
async function readRows(
  library: LibraryDatabase,
  traceId: string,
  pages: readonly number[],
): Promise<SpanTable> {
  const table = new SpanTable();
  for (const key of pages) {
    const { segment, page } = readPageKey(key);
    for (const { bytes } of await readParts(library, segment, page)) {
      const part = decodeSpanTable(bytes);
      const number = part.findTrace(traceId);
      if (number === undefined) continue;
      for (let row = 0; row < part.length; row++) {
        if (at(part.columns.trace, row) === number) table.appendFrom(part, row, 0);
      }
    }
  }
  return table;
}

/** Only `commitPull` writes them, from what the host told. */
export function parseSummary(json: string): TraceSummary {
  return JSON.parse(json) as TraceSummary;
}
