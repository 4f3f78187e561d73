/** The journal as a source of traces, read-only: nothing is created, cut off or written. */
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { TraceStore } from '../trace-store.ts';
import { exportFile } from '../export/export-file.ts';
import { makeExportSource } from '../export/store-source.ts';
import { previewExport } from '../export/preview-export.ts';
import type { TraceSource } from './trace-source.ts';

export async function openJournalSource(dataDirectory: string, clock: Clock): Promise<TraceSource> {
  const store = await TraceStore.open({
    files: await openJournalFiles(join(dataDirectory, 'journal'), false),
    clock,
    readOnly: true,
    makeId: () => '',
  });
  return {
    notices: store.notices,
    list: (limit) => Promise.resolve(newestFirst(store.library.summaries(), limit)),
    findTrace: (traceId) => Promise.resolve(store.library.findTrace(traceId)),
    readSpans: (traceId, spanIds) => Promise.resolve(store.readSpans(traceId, spanIds)),
    readNotes: (traceId) => Promise.resolve(store.notesOf([traceId])),
    exportTraces: (wish) => Promise.resolve(exportFile(store, wish)),
    previewExport: async (wish) => {
      const known = wish.traceIds.filter((id) => store.library.has(id));
      if (known.length === 0) return undefined;
      return await previewExport(makeExportSource(store), { ...wish, traceIds: known });
    },
    close: () => store.close(),
  };
}
