/** Opens the store of a data directory, for its owner. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../core/model/time.ts';
import { openJournalFiles } from './journal/node-journal-files.ts';
import { Drawings } from './library/drawings.ts';
import { TraceStore, type TraceStoreParts } from './trace-store.ts';

export async function openStore(
  dataDirectory: string,
  clock: Clock,
  told: Pick<TraceStoreParts, 'onAvailability' | 'onBug'> = {},
): Promise<TraceStore> {
  const files = await openJournalFiles(join(dataDirectory, 'journal'), true);
  const drawings = Drawings.open(join(dataDirectory, 'drawings'));
  const store = await TraceStore.open({ files, clock, drawings, makeId: randomUUID, ...told });
  // Of traces that went while nobody looked after their drawings.
  for (const id of drawings.traceIds()) if (!store.library.has(id)) drawings.forget(id);
  drawings.fold = (id) => store.library.findTrace(id);
  return store;
}
