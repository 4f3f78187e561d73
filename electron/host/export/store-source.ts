/** A store as what exports are read from. */
import { computeCompleteness } from '../../../core/analysis/completeness.ts';
import type { TraceStore } from '../trace-store.ts';
import { exportChunks } from './export-chunks.ts';
import type { ExportSource } from './exported-traces.ts';

export function makeExportSource(store: TraceStore): ExportSource {
  const { library, readLine } = store;
  return {
    library,
    lineAt: readLine,
    rawLines: (traceIds) => exportChunks(library, traceIds, readLine),
    notesOf: (traceId) => store.notesOf([traceId]),
    findingsOf: ({ spans, tree, summary }) => computeCompleteness(spans, tree, summary),
  };
}
