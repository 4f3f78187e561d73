/** Finds the sidecar of a segment and believes it only as far as the segment agrees. */
import { crc32 } from 'node:zlib';
import { BLOCK_HEADER_BYTES, readBlockHeader } from '../../../core/journal/block-header.ts';
import { sidecarFileName, type SegmentNumber } from '../../../core/journal/segment-name.ts';
import {
  decodeSidecarHead,
  decodeSidecarSummaries,
  decodeSidecarTable,
  readSidecarHeadLength,
  SIDECAR_PREFIX_BYTES,
  type SidecarHead,
} from '../../../core/journal/sidecar.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { isMissing } from '../system-error.ts';
import type { JournalFiles, ReadableSegment } from './journal-files.ts';
import { openSegmentFile } from './segment-file.ts';

/** The head of a sidecar that describes a prefix of the segment as it is now; undefined where none does. */
export function findSidecar(
  files: JournalFiles,
  journalId: string,
  segment: SegmentNumber,
): SidecarHead | undefined {
  const head = withFile(files, sidecarFileName(segment), readHead);
  if (head === undefined || head.journalId !== journalId || head.segment !== segment) return undefined;
  return withOpened(
    () => openSegmentFile(files, segment),
    (file) => (describes(head, file) ? head : undefined),
  );
}

/** The summaries of a sidecar; undefined where that part is damaged. */
export function readSidecarSummaries(
  files: JournalFiles,
  segment: SegmentNumber,
  { summaries }: SidecarHead,
): readonly TraceSummary[] | undefined {
  return withFile(files, sidecarFileName(segment), (file) =>
    decodeSidecarSummaries(file.read(summaries.offset, summaries.bytes), summaries, crc32),
  );
}

/** The columns of a sidecar; undefined where that part is damaged. */
export function readSidecarTable(
  files: JournalFiles,
  segment: SegmentNumber,
  { table }: SidecarHead,
): SpanTable | undefined {
  return withFile(files, sidecarFileName(segment), (file) =>
    decodeSidecarTable(file.read(table.offset, table.bytes), table, crc32),
  );
}

function readHead(file: ReadableSegment): SidecarHead | undefined {
  const length = readSidecarHeadLength(file.read(0, SIDECAR_PREFIX_BYTES));
  if (length === undefined || length > file.size()) return undefined;
  return decodeSidecarHead(file.read(0, SIDECAR_PREFIX_BYTES + length), crc32);
}

/** The last covered block must stand where the sidecar says, with the crc32 that it says. */
function describes(head: SidecarHead, file: ReadableSegment): boolean {
  if (head.covers > file.size()) return false;
  if (head.lastBlockAt < 0) return head.covers === 0;
  const header = readBlockHeader(file.read(head.lastBlockAt, BLOCK_HEADER_BYTES), 0);
  return (
    header?.crc === head.lastBlockCrc &&
    head.lastBlockAt + BLOCK_HEADER_BYTES + header.bodyBytes === head.covers
  );
}

function withFile<T>(
  files: JournalFiles,
  name: string,
  read: (file: ReadableSegment) => T | undefined,
): T | undefined {
  return withOpened(() => files.openForRead(name), read);
}

function withOpened<T>(
  open: () => ReadableSegment,
  read: (file: ReadableSegment) => T | undefined,
): T | undefined {
  let file: ReadableSegment;
  try {
    file = open();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return read(file);
  } finally {
    file.close();
  }
}
