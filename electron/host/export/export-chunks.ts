/**
 * The raw lines of chosen traces, as they were received, in the order of the journal: what is exported is
 * what can be imported again. Segment by segment, so that a hundred thousand traces are one pass.
 */
import { at } from '../../../core/model/assert.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';
import type { Library } from '../library/library.ts';

const CHUNK_BYTES = 256 * 1024;
const LINE_NUMBERS = 3;
const LINE_FEED = Buffer.from('\n');

/** Reads a line; undefined where it is damaged or gone. */
export type LineAt = (
  segment: SegmentNumber,
  address: LineAddress,
  digest: number | undefined,
) => Uint8Array | undefined;

interface ExportedLine extends LineAddress {
  /** Trace items have none. */
  readonly digest: number | undefined;
}

/** Whole lines, about CHUNK_BYTES at a time. Ids of no trace are passed over. */
export function* exportChunks(
  library: Library,
  traceIds: Iterable<string>,
  lineAt: LineAt,
): Generator<Uint8Array> {
  let lines: Uint8Array[] = [];
  let bytes = 0;
  for (const [segment, ids] of bySegment(library, traceIds)) {
    for (const address of linesOf(library.tables.get(segment).table, ids)) {
      const line = lineAt(segment, address, address.digest);
      if (line === undefined) continue;
      lines.push(line, LINE_FEED);
      bytes += line.length + 1;
      if (bytes < CHUNK_BYTES) continue;
      yield Buffer.concat(lines);
      lines = [];
      bytes = 0;
    }
  }
  if (lines.length > 0) yield Buffer.concat(lines);
}

function bySegment(
  library: Library,
  traceIds: Iterable<string>,
): readonly (readonly [SegmentNumber, readonly string[]])[] {
  const ids = new Map<SegmentNumber, string[]>();
  for (const id of new Set(traceIds)) {
    for (const segment of library.segmentsOf(id)) {
      const known = ids.get(segment);
      if (known === undefined) ids.set(segment, [id]);
      else known.push(id);
    }
  }
  return [...ids].sort(([a], [b]) => a - b);
}

/** Where the items and spans of the traces stand in a segment, in order. */
function linesOf(table: SpanTable, traceIds: readonly string[]): readonly ExportedLine[] {
  const wanted = new Set(traceIds.flatMap((id) => table.findTrace(id) ?? []));
  const { columns, traceLines } = table;
  const lines: ExportedLine[] = [];
  for (let i = 0; i < traceLines.length; i += LINE_NUMBERS) {
    if (!wanted.has(at(traceLines, i))) continue;
    lines.push({ offset: at(traceLines, i + 1), length: at(traceLines, i + 2), digest: undefined });
  }
  for (let row = 0; row < table.length; row++) {
    if (!wanted.has(at(columns.trace, row))) continue;
    lines.push({
      offset: at(columns.offset, row),
      length: at(columns.length, row),
      digest: at(columns.digest, row),
    });
  }
  return lines.sort((a, b) => a.offset - b.offset);
}
