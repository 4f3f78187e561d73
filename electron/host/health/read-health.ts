/** Whether everything flows, and where the journal stands. Nothing here is, or was, text of a trace. */
import { statfs } from 'node:fs/promises';
import { diagnose, isMessageCode } from '../../../core/formats/messages.ts';
import { compressedFileName, segmentFileName } from '../../../core/journal/segment-name.ts';
import type { Health, RejectCount } from '../../../core/rpc/health.ts';
import type { BodyBudget } from '../door/body-budget.ts';
import { describeRefusal } from '../door/refusal.ts';
import type { StatusBoard } from '../host-status.ts';
import { systemErrorCode } from '../system-error.ts';
import type { TraceStore } from '../trace-store.ts';
import { VERSION } from '../version.ts';

export interface HealthParts {
  readonly store: TraceStore;
  readonly board: StatusBoard;
  readonly budget: BodyBudget;
  readonly dataDirectory: string;
  /** ISO 8601: when the host was started. */
  readonly startedAt: string;
}

export async function readHealth(parts: HealthParts): Promise<Health> {
  const { store, board, budget } = parts;
  return {
    startedAt: parts.startedAt,
    version: VERSION,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    memoryBytes: process.memoryUsage.rss(),
    diskFreeBytes: await freeBytes(parts.dataDirectory),
    waitingRequests: budget.bodies,
    waitingBytes: budget.bytes,
    rejects: countRejects(board),
    errors: board.errors,
    journal: await readJournal(store),
    pages: board.pages,
  };
}

/** The most frequent first. */
function countRejects({ rejectedByCode }: StatusBoard): readonly RejectCount[] {
  return [...rejectedByCode]
    .map(([code, count]) => ({ code, count, meaning: describeCode(code) }))
    .sort((a, b) => b.count - a.count);
}

function describeCode(code: string): string {
  return isMessageCode(code) ? diagnose(code).message : (describeRefusal(code) ?? '');
}

async function readJournal(store: TraceStore): Promise<Health['journal']> {
  const extents = store.library.tables.extents();
  const sizes = await store.fileSizes();
  const segment = extents.at(-1)?.segment ?? 0;
  return {
    id: store.journalId,
    segment,
    offset: sizes.get(segmentFileName(segment)) ?? 0,
    rows: extents.reduce((sum, { rows }) => sum + rows, 0),
    segments: extents.length,
    compressedSegments: extents.filter((extent) => sizes.has(compressedFileName(extent.segment))).length,
    awaitingCompaction: [...store.library.deletions.segmentsWithHidden()].length,
    bytesOnDisk: [...sizes.values()].reduce((sum, size) => sum + size, 0),
  };
}

async function freeBytes(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}
