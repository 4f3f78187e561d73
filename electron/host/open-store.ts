/** Opens the store of a data directory, for its owner. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../core/model/time.ts';
import { openJournalFiles } from './journal/node-journal-files.ts';
import { TraceStore, type TraceStoreParts } from './trace-store.ts';

export async function openStore(
  dataDirectory: string,
  clock: Clock,
  told: Pick<TraceStoreParts, 'onAvailability' | 'onBug'> = {},
): Promise<TraceStore> {
  const files = await openJournalFiles(join(dataDirectory, 'journal'), true);
  return await TraceStore.open({ files, clock, makeId: randomUUID, ...told });
}
