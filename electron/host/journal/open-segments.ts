/**
 * Opens what a journal directory holds: sidecars where they count, the segments' own lines where not. A torn
 * tail is settled (never when opened for reading only), damage inside is stepped over, and both are told.
 */
import {
  compressedFileName,
  segmentFileName,
  segmentsAmong,
  sidecarFileName,
  type SegmentNumber,
} from '../../../core/journal/segment-name.ts';
import type { SidecarHead } from '../../../core/journal/sidecar.ts';
import type { Library } from '../library/library.ts';
import { SegmentTable } from '../library/segment-table.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { JournalFiles } from './journal-files.ts';
import { SEGMENT_LIMITS, type SegmentLimits, type WrittenSegment } from './journal-writer.ts';
import { findSidecar, readSidecarSummaries, readSidecarTable } from './read-sidecar.ts';
import { recoverSegment, type RecoveredSegment } from './recover-segment.ts';
import { describeRecovery, type TailFate } from './recovery-notice.ts';
import { settleTail } from './settle-tail.ts';
import { compressedSize, openSegmentFile, segmentSize } from './segment-file.ts';
import { EMPTY_EXTENT, type SegmentExtent } from './segment-writer.ts';

/** Ends the name of a file that is not whole yet. */
export const UNFINISHED = '.new';

export interface OpenedSegments {
  readonly notices: readonly string[];
  /** The last segment, where it has room for more. */
  readonly last: WrittenSegment | undefined;
  /** Full segments whose sidecar is missing or covers too little. */
  readonly unsealed: readonly WrittenSegment[];
  readonly nextSegment: SegmentNumber;
}

export interface OpenSegmentsParts {
  readonly files: JournalFiles;
  readonly journalId: string;
  readonly library: Library;
  readonly clock: Clock;
  readonly readOnly: boolean;
  readonly limits?: Partial<SegmentLimits>;
}

export async function openSegments(parts: OpenSegmentsParts): Promise<OpenedSegments> {
  const { files, readOnly } = parts;
  const names = await files.list();
  const numbers = segmentsAmong(names);
  if (!readOnly) await clearLeftovers(files, names);
  const notices: string[] = [];
  const segments: SegmentNumber[] = [];
  for (const segment of numbers) {
    const name = segmentFileName(segment);
    if ((await segmentSize(files, segment)) !== undefined) segments.push(segment);
    else notices.push(`${name} in the journal is no segment that can be read; it was passed over.`);
  }
  const unsealed: WrittenSegment[] = [];
  let last: WrittenSegment | undefined;
  for (const segment of segments) {
    const isLast = segment === segments.at(-1);
    const opened = await openSegment(parts, segment, isLast);
    notices.push(...opened.notices);
    if (opened.writable) last = opened;
    else if (opened.recovered) unsealed.push(opened);
  }
  const nextSegment = (numbers.at(-1) ?? 0) + 1;
  return { notices, last, unsealed: readOnly ? [] : unsealed, nextSegment };
}

/** Removes what a crash left half-way: unfinished files, and the plain form of a segment that was compressed. */
async function clearLeftovers(files: JournalFiles, names: readonly string[]): Promise<void> {
  for (const name of names) if (name.endsWith(UNFINISHED)) await files.remove(name);
  for (const segment of segmentsAmong(names)) {
    const name = segmentFileName(segment);
    const plain = names.includes(name) ? await files.size(name) : undefined;
    // Only where the other holds as much: it may be damaged, or what somebody else's `gzip -k` made.
    if (plain !== undefined && plain === (await compressedSize(files, segment))) await files.remove(name);
  }
}

/** Reads the columns of a segment again: from its sidecar, else line by line. */
export function loadSegmentTable(
  files: JournalFiles,
  journalId: string,
  segment: SegmentNumber,
): SegmentTable {
  const head = findSidecar(files, journalId, segment);
  const { table } = readRest(files, segment, head, head && readSidecarTable(files, segment, head));
  return table;
}

interface OpenedSegment extends WrittenSegment {
  readonly recovered: boolean;
  readonly writable: boolean;
  readonly notices: readonly string[];
}

async function openSegment(
  { files, journalId, library, clock, readOnly, limits }: OpenSegmentsParts,
  segment: SegmentNumber,
  isLast: boolean,
): Promise<OpenedSegment> {
  const size = (await segmentSize(files, segment)) ?? 0;
  const isPlain = (await files.size(compressedFileName(segment))) === undefined;
  const writable = isLast && isPlain && !readOnly && size < (limits?.bytes ?? SEGMENT_LIMITS.bytes);
  const head = findSidecar(files, journalId, segment);
  const summaries =
    head?.covers === size && head.blocks > 0 ? readSidecarSummaries(files, segment, head) : undefined;
  if (head !== undefined && summaries !== undefined) {
    takeHead(library, segment, head);
    library.addSummaries(segment, summaries);
    library.tables.note(segment, head.rows);
    if (writable) library.tables.pin(segment, loadSegmentTable(files, journalId, segment));
    return { segment, extent: extentOf(head), recovered: false, writable, notices: [] };
  }
  const known = head && readSidecarTable(files, segment, head);
  const { table, result } = readRest(files, segment, head, known);
  // It may name what compaction has taken out of the segment.
  if (known === undefined && !readOnly) await files.remove(sidecarFileName(segment));
  if (head !== undefined && known !== undefined) takeHead(library, segment, head);
  else if (result.blankLines > 0) library.tables.setGeneration(segment, clock());
  for (const deletion of result.deletions) library.delete(segment, deletion);
  library.notes.add(segment, result.notes);
  library.addTable(segment, table);
  for (const id of result.hidden) library.deletions.hide(segment, id);
  const settled = result.tornBytes > 0 && !readOnly && isPlain;
  const fate: TailFate = settled ? await settleTail(files, segment, result) : { kind: 'left' };
  const notices = describeRecovery(segment, result, fate);
  // Behind a tail that had to be left nothing may be written.
  const clean = !settled || fate.kind !== 'left';
  return { segment, extent: result.extent, recovered: true, writable: writable && clean, notices };
}

/** What a sidecar says of deletions, notes and compaction. */
function takeHead(library: Library, segment: SegmentNumber, head: SidecarHead): void {
  for (const deletion of head.deletions) library.delete(segment, deletion);
  for (const id of head.hidden) library.deletions.hide(segment, id);
  library.notes.add(segment, head.notes);
  if (head.generation > 0) library.tables.setGeneration(segment, head.generation);
}

/** The table of a sidecar and what stands behind it; without a table, the whole segment. */
function readRest(
  files: JournalFiles,
  segment: SegmentNumber,
  head: SidecarHead | undefined,
  known: SegmentTable['table'] | undefined,
): { readonly table: SegmentTable; readonly result: RecoveredSegment } {
  const table = new SegmentTable(known);
  const from = head !== undefined && known !== undefined ? extentOf(head) : EMPTY_EXTENT;
  const file = openSegmentFile(files, segment);
  try {
    const bytes = file.read(from.bytes, Math.max(file.size() - from.bytes, 0));
    return { table, result: recoverSegment(bytes, from, table) };
  } finally {
    file.close();
  }
}

function extentOf({ covers, blocks, lastBlockAt, lastBlockCrc }: SidecarHead): SegmentExtent {
  return { bytes: covers, blocks, lastBlockAt, lastBlockCrc };
}
