/** Writes the sidecar of a segment that nothing is written to any more: what the next start reads in its place. */
import { crc32 } from 'node:zlib';
import { encodeSidecar } from '../../../core/journal/sidecar.ts';
import { sidecarFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { JournalFiles } from '../journal/journal-files.ts';
import type { SegmentExtent } from '../journal/segment-writer.ts';
import { takeInSlices } from '../take-in-slices.ts';
import type { Library } from './library.ts';

/** Rejects with the system's error; then the table stays in memory. */
export async function writeSidecar(
  files: JournalFiles,
  { library, journalId }: { readonly library: Library; readonly journalId: string },
  segment: SegmentNumber,
  { bytes, blocks, lastBlockAt, lastBlockCrc }: SegmentExtent,
): Promise<void> {
  const { tables, deletions, notes } = library;
  const { table } = tables.get(segment);
  const folded = await takeInSlices(library.summariesUpTo(segment));
  // A trace may have been deleted in one of the pauses.
  const summaries = folded.filter(({ id }) => table.findTrace(id) !== undefined);
  const claim = {
    journalId,
    segment,
    covers: bytes,
    ...{ lastBlockAt, lastBlockCrc, blocks },
    rows: table.length,
    generation: tables.generationOf(segment),
    deletions: deletions.in(segment),
    hidden: deletions.hiddenIn(segment),
    notes: notes.linesIn(segment),
  };
  await files.replace(sidecarFileName(segment), encodeSidecar(claim, summaries, table, crc32));
  tables.unpin(segment);
}
