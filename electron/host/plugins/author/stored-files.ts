/**
 * Files as a plugin sees them outside of a library: read into a journal of their own in a temporary folder, so that
 * what `content` and redaction need, the records, can be had. Everything goes when it was used.
 */
import type { Clock } from '../../../../core/model/time.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import type { FileReport } from '../../../../core/rpc/contract.ts';
import { exportFile } from '../../export/export-file.ts';
import { importWithoutHost } from '../../import/import-without-host.ts';
import { openStore } from '../../open-store.ts';
import { passOver } from '../../pass-over.ts';
import { withTemporaryFolder } from '../../temporary-folder.ts';
import type { TraceStore } from '../../trace-store.ts';
import type { WholeTrace } from '../project-trace.ts';
import { makeRecordReader } from '../record-reader.ts';

export interface StoredFiles {
  readonly reports: readonly FileReport[];
  /** The oldest first. */
  readonly traceIds: readonly string[];
  readonly openTrace: (traceId: string) => WholeTrace;
  /** Every record as it would be stored, for redactors. */
  readonly readRecords: () => Promise<readonly JsonObject[]>;
}

export async function withStoredFiles<T>(
  paths: readonly string[],
  clock: Clock,
  use: (files: StoredFiles) => Promise<T>,
): Promise<T> {
  return await withTemporaryFolder(async (directory) => {
    const reports = (await importWithoutHost(directory, paths, clock, passOver)) ?? [];
    const store = await openStore(directory, clock);
    try {
      const summaries = [...store.library.summaries()].sort((a, b) =>
        a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1,
      );
      const traceIds = summaries.map(({ id }) => id);
      return await use({
        reports,
        traceIds,
        openTrace: (traceId) => openTrace(store, traceId),
        readRecords: () => readRecords(store, traceIds),
      });
    } finally {
      await store.close();
    }
  });
}

function openTrace(store: TraceStore, traceId: string): WholeTrace {
  const found = store.library.findTrace(traceId);
  if (found === undefined) throw new Error(`The trace ${traceId} is not in its own library.`);
  return { ...found, recordOf: makeRecordReader(store, found) };
}

async function readRecords(store: TraceStore, traceIds: readonly string[]): Promise<readonly JsonObject[]> {
  const file = exportFile(store, { to: 'openai-agents', rules: [], traceIds, views: [] });
  if (file === undefined) return [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of file.chunks) text += decoder.decode(chunk, { stream: true });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
