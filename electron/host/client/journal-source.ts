/** The journal as a source of traces, read-only: nothing is created, cut off or written. */
import { join } from 'node:path';
import type { Clock } from '../../../core/model/time.ts';
import { exportEvent } from '../audit/audit-desk.ts';
import { recordAlone } from '../audit/audited-store.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { TraceStore } from '../trace-store.ts';
import { exportFile } from '../export/export-file.ts';
import { makeExportSource } from '../export/store-source.ts';
import { previewExport } from '../export/preview-export.ts';
import { listDropped } from '../intake/list-dropped.ts';
import { openSearch } from '../search/open-search.ts';
import { reckonCosts } from './ask-costs.ts';
import { queryTraces } from './query-traces.ts';
import type { TraceSource } from './trace-source.ts';

export async function openJournalSource(dataDirectory: string, clock: Clock): Promise<TraceSource> {
  const store = await TraceStore.open({
    files: await openJournalFiles(join(dataDirectory, 'journal'), false),
    clock,
    readOnly: true,
    makeId: () => '',
  });
  const search = openSearch(store.library, dataDirectory, clock);
  return {
    notices: store.notices,
    list: (limit) => Promise.resolve(newestFirst(store.library.summaries(), limit)),
    query: (tree) => queryTraces(store.library, tree, { dataDirectory, clock }),
    search: (wish, onHits) => search.start({ ...wish, runId: 'one' }, onHits),
    costs: (traceIds) => reckonCosts(store.library, traceIds, dataDirectory),
    listDropped: (limit) => Promise.resolve(listDropped(store.library, limit ?? Infinity)),
    findTrace: async (traceId) => {
      const found = store.library.findTrace(traceId);
      if (found !== undefined)
        await recordAlone(dataDirectory, clock, { action: 'opened', objects: [traceId] });
      return found;
    },
    readSpans: (traceId, spanIds) => Promise.resolve(store.readSpans(traceId, spanIds)),
    readNotes: (traceId) => Promise.resolve(store.notesOf([traceId])),
    exportTraces: async (wish) => {
      await recordAlone(dataDirectory, clock, exportEvent(wish));
      return exportFile(store, wish);
    },
    previewExport: async (wish) => {
      const known = wish.traceIds.filter((id) => store.library.has(id));
      if (known.length === 0) return undefined;
      return await previewExport(makeExportSource(store), { ...wish, traceIds: known });
    },
    close: () => {
      search.stop();
      return store.close();
    },
  };
}
