/** How much of the journal each trace takes and when it was last heard of: read from columns, segment by segment. */
import { at } from '../../../core/model/assert.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { Library } from '../library/library.ts';

export interface TraceMeasure {
  readonly id: string;
  /** Of its lines, before compression. */
  bytes: number;
  /** About what would be freed on disk. */
  diskBytes: number;
  /** Host's clock. */
  lastSeenUs: EpochUs;
  /** Some record came through the door. */
  live: boolean;
}

/** Of a row, in the columns of a sidecar. */
const ROW_BYTES = 100;

/**
 * Measures the wanted traces, or all. `diskShare` says what part of its plain size a segment takes on disk.
 * Between two segments everything else has its turn.
 */
export async function measureTraces(
  library: Library,
  wanted: ReadonlySet<string> | undefined,
  diskShare: (segment: SegmentNumber) => number,
): Promise<ReadonlyMap<string, TraceMeasure>> {
  const measures = new Map<string, TraceMeasure>();
  for (const segment of listSegments(library, wanted)) {
    const { table } = library.tables.get(segment);
    const { bytes, rows } = sumLines(table);
    const share = diskShare(segment);
    table.traces.forEach(({ id, lastSeenUs, live }, number) => {
      if (!library.has(id) || wanted?.has(id) === false) return;
      const measure = measures.get(id) ?? { id, bytes: 0, diskBytes: 0, lastSeenUs: 0, live: false };
      measure.bytes += at(bytes, number);
      measure.diskBytes += at(bytes, number) * share + at(rows, number) * ROW_BYTES;
      measure.lastSeenUs = Math.max(measure.lastSeenUs, lastSeenUs);
      measure.live ||= live;
      measures.set(id, measure);
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return measures;
}

/** Bytes of the lines of a table's traces, line feeds included, by number of the trace. */
export function sumLines(table: SpanTable): { readonly bytes: Float64Array; readonly rows: Uint32Array } {
  const { columns, traceLines, length } = table;
  const bytes = new Float64Array(table.traces.length);
  const rows = new Uint32Array(table.traces.length);
  const { trace } = columns;
  for (let row = 0; row < length; row++) {
    const number = at(trace, row);
    bytes[number] = at(bytes, number) + at(columns.length, row) + 1;
    rows[number] = at(rows, number) + 1;
  }
  for (let i = 0; i < traceLines.length; i += 3) {
    const number = at(traceLines, i);
    bytes[number] = at(bytes, number) + at(traceLines, i + 2) + 1;
  }
  return { bytes, rows };
}

function listSegments(library: Library, wanted: ReadonlySet<string> | undefined): Iterable<SegmentNumber> {
  if (wanted === undefined) return library.tables.extents().map(({ segment }) => segment);
  return new Set([...wanted].flatMap((id) => library.segmentsOf(id)).sort((a, b) => a - b));
}
