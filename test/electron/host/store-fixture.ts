/** A store over real files in a directory of the test's own, and batches to put in. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EpochUs } from '../../../core/model/time.ts';
import type { Drawings } from '../../../electron/host/library/drawings.ts';
import { openJournalFiles } from '../../../electron/host/journal/node-journal-files.ts';
import type { SegmentLimits } from '../../../electron/host/journal/journal-writer.ts';
import { readIngestBody } from '../../../electron/host/records/read-body.ts';
import type { RecordBatch } from '../../../electron/host/records/record-batch.ts';
import { TraceStore } from '../../../electron/host/trace-store.ts';
import { makeFaultyFiles, type Fault, type FaultyFiles } from './journal/faulty-files.ts';

export const NOW_US: EpochUs = Date.UTC(2026, 5, 1) * 1000;

export interface StoreFixture {
  readonly store: TraceStore;
  readonly files: FaultyFiles;
  /** Moves the store's clock. */
  readonly advance: (us: number) => void;
  /** What the store said of its availability, in order. */
  readonly availability: (string | undefined)[];
  /** Our own bugs that it told of. */
  readonly bugs: unknown[];
}

/** Opens the journal under `directory`; several tests of one directory see one journal. */
export async function openTestStore(
  directory: string,
  options: {
    readonly limits?: Partial<SegmentLimits>;
    readonly readOnly?: boolean;
    readonly nowUs?: EpochUs;
    /** What the disk refuses from the start. */
    readonly failing?: Fault;
    readonly drawings?: Drawings;
  } = {},
): Promise<StoreFixture> {
  const { readOnly = false, limits } = options;
  const files = makeFaultyFiles(await openJournalFiles(join(directory, 'journal'), !readOnly));
  files.failOn(options.failing);
  const availability: (string | undefined)[] = [];
  const bugs: unknown[] = [];
  let nowUs = options.nowUs ?? NOW_US;
  const store = await TraceStore.open({
    files,
    readOnly,
    clock: () => nowUs,
    drawings: options.drawings,
    makeId: () => 'journal-of-the-test',
    onAvailability: (reason) => availability.push(reason),
    onBug: (error) => bugs.push(error),
    ...(limits && { limits }),
  });
  // A test that plays a crash leaves its store open; closing twice does nothing.
  onTestFinished(() => store.close());
  const advance = (us: number): void => {
    nowUs += us;
  };
  return { store, files, advance, availability, bugs };
}

/** A span as an exporter sends it. */
export function makeSpan(traceId: string, spanId: string, more: object = {}): object {
  return {
    object: 'trace.span',
    id: spanId,
    trace_id: traceId,
    parent_id: null,
    started_at: '2026-06-01T00:00:00.000Z',
    ended_at: '2026-06-01T00:00:01.000Z',
    span_data: { type: 'function', name: 'lookup', input: '{}', output: 'ok' },
    error: null,
    ...more,
  };
}

/** The items as one batch of the door. */
export function makeBatch(items: readonly object[], nowUs: EpochUs = NOW_US): RecordBatch {
  const reading = readIngestBody(Buffer.from(JSON.stringify({ data: items })), nowUs);
  if (reading.kind !== 'read' || reading.batch === undefined) throw new Error('the test sent no good item');
  return reading.batch;
}

/** Ids of all spans that the store knows, by trace, sorted. */
export function spanIdsOf(store: TraceStore): Readonly<Record<string, readonly string[]>> {
  const entries = store.library.summaries().map(({ id }): [string, readonly string[]] => {
    const spans = store.library.findTrace(id)?.spans;
    const ids = Array.from({ length: spans?.length ?? 0 }, (_, row) => spans?.spanId(row) ?? '');
    return [id, ids.sort()];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
