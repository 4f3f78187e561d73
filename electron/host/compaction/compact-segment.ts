/**
 * Takes the lines of deleted traces out of one sealed segment, or compresses it, or both. Every step leaves a
 * directory that the next start reads right: first the new segment takes the old one's place, whose addresses
 * it keeps, then the sidecar does.
 */
import { crc32 } from 'node:zlib';
import { BLOCK_HEADER_BYTES, readBlockHeader } from '../../../core/journal/block-header.ts';
import {
  compressedFileName,
  segmentFileName,
  sidecarFileName,
  type SegmentNumber,
} from '../../../core/journal/segment-name.ts';
import { encodeSidecar, type SidecarHead } from '../../../core/journal/sidecar.ts';
import { dropTraces } from '../../../core/model/drop-traces.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { Clock } from '../../../core/model/time.ts';
import { CompressedSegment } from '../journal/compressed-segment.ts';
import type { JournalFiles } from '../journal/journal-files.ts';
import type { LineReader } from '../journal/line-reader.ts';
import { UNFINISHED } from '../journal/open-segments.ts';
import { findSidecar, readSidecarSummaries } from '../journal/read-sidecar.ts';
import { openSegmentFile } from '../journal/segment-file.ts';
import type { Library } from '../library/library.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { findDeadTraces, listLines, sortLines } from './dead-lines.ts';
import { rewriteSegment } from './rewrite-segment.ts';

export interface CompactionParts {
  readonly files: JournalFiles;
  readonly library: Library;
  readonly lines: LineReader;
  readonly journalId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Does nothing where the segment has no sidecar: it is written to, or waits for one. Nor where it is empty. */
export async function compactSegment(
  parts: CompactionParts,
  segment: SegmentNumber,
  compress: boolean,
): Promise<void> {
  const { files, library, journalId } = parts;
  const head = findSidecar(files, journalId, segment);
  if (head === undefined || head.blocks === 0 || library.tables.findPinned(segment) !== undefined) return;
  const { table } = library.tables.get(segment);
  const hidden = library.deletions.hiddenIn(segment);
  const dead = findDeadTraces(table);
  const deadNotes = library.notes.deadIn(segment);
  if (dead.size === 0 && deadNotes.length === 0) {
    await rewrite(parts, segment, [], compress);
    library.deletions.forgetHidden(segment, hidden);
    return;
  }
  // Pinned, so that what is deleted meanwhile is noted in this very table and nothing is read half-way.
  library.tables.pin(segment, library.tables.get(segment));
  try {
    const kept = await inSlices(dropTraces(table, (trace) => dead.has(trace)));
    if (isEmpty(parts, segment, kept)) {
      await removeSegment(parts, segment);
    } else {
      await rewrite(
        parts,
        segment,
        sortLines([...listLines(table, (trace) => dead.has(trace)), ...deadNotes]),
        compress,
      );
      library.notes.forgetLines(segment, deadNotes);
      await writeSidecar(parts, segment, head, kept, hidden);
    }
    library.deletions.forgetHidden(segment, hidden);
  } catch (error) {
    library.tables.unpin(segment);
    throw error;
  }
}

/** The number of the last segment is never given again, so that one stays. So do a deletion and a note. */
function isEmpty({ library }: CompactionParts, segment: SegmentNumber, kept: SpanTable): boolean {
  const isLast = library.tables.extents().at(-1)?.segment === segment;
  const holdsDeletions = library.deletions.in(segment).length > 0;
  const holdsNotes = library.notes.linesIn(segment).some(({ note }) => note !== undefined);
  return kept.length === 0 && kept.traceLines.length === 0 && !isLast && !holdsDeletions && !holdsNotes;
}

/** Its sidecar goes first: without the segment it would stay for ever. */
async function removeSegment(
  { files, library, lines }: CompactionParts,
  segment: SegmentNumber,
): Promise<void> {
  lines.forget(segment);
  await files.remove(sidecarFileName(segment));
  await files.remove(segmentFileName(segment));
  await files.remove(compressedFileName(segment));
  await files.syncDirectory();
  lines.forget(segment);
  library.notes.forgetLines(segment, library.notes.linesIn(segment));
  library.tables.drop(segment);
}

async function rewrite(
  { files, lines, signal }: CompactionParts,
  segment: SegmentNumber,
  dead: Parameters<typeof rewriteSegment>[1]['dead'],
  asked: boolean,
): Promise<void> {
  const from = openSegmentFile(files, segment);
  const wasCompressed = from instanceof CompressedSegment;
  const compress = asked || wasCompressed;
  const name = compress ? compressedFileName(segment) : segmentFileName(segment);
  const to = `${name}${UNFINISHED}`;
  try {
    await files.remove(to);
    await rewriteSegment(files, { from, to, dead, compress, signal });
  } finally {
    from.close();
  }
  // Windows does not rename over a file that is open.
  lines.forget(segment);
  await files.rename(to, name);
  await files.syncDirectory();
  if (compress && !wasCompressed) {
    lines.forget(segment);
    await files.remove(segmentFileName(segment));
    await files.syncDirectory();
  }
  lines.forget(segment);
}

async function writeSidecar(
  { files, library, clock }: CompactionParts,
  segment: SegmentNumber,
  head: SidecarHead,
  kept: SpanTable,
  gone: readonly string[],
): Promise<void> {
  const generation = Math.max(clock(), head.generation + 1);
  const known = readSidecarSummaries(files, segment, head) ?? [...library.summariesUpTo(segment)];
  const stillHidden = (): readonly string[] =>
    library.deletions.hiddenIn(segment).filter((id) => !gone.includes(id));
  for (const id of stillHidden()) kept.forgetTrace(id);
  const summaries = known.filter(({ id }) => kept.findTrace(id) !== undefined);
  const notes = library.notes.linesIn(segment);
  const claim = {
    ...{ journalId: head.journalId, segment, covers: head.covers, blocks: head.blocks },
    ...{ lastBlockAt: head.lastBlockAt, lastBlockCrc: readLastCrc(files, segment, head) },
    ...{
      rows: kept.length,
      generation,
      deletions: library.deletions.in(segment),
      hidden: stillHidden(),
      notes,
    },
  };
  await files.replace(sidecarFileName(segment), encodeSidecar(claim, summaries, kept, crc32));
  for (const id of stillHidden()) kept.forgetTrace(id);
  library.tables.replace(segment, new SegmentTable(kept), generation);
}

function readLastCrc(files: JournalFiles, segment: SegmentNumber, { lastBlockAt }: SidecarHead): number {
  const file = openSegmentFile(files, segment);
  try {
    return readBlockHeader(file.read(lastBlockAt, BLOCK_HEADER_BYTES), 0)?.crc ?? 0;
  } finally {
    file.close();
  }
}

/** Runs a generator with a pause at every yield. */
async function inSlices<T>(slices: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
