/** An export straight from a store, for callers that own one. */
import type { ExportWish } from '../../../core/rpc/export.ts';
import { findTarget } from '../../../core/writers/registry.ts';
import type { ExportedFile } from '../client/trace-source.ts';
import type { TraceStore } from '../trace-store.ts';
import { makeExportSource } from './store-source.ts';
import { ExportRun } from './export-run.ts';

/** Undefined where none of the ids is known, or no target has the name. */
export function exportFile(store: TraceStore, wish: ExportWish): ExportedFile | undefined {
  const known = wish.traceIds.filter((id) => store.library.has(id));
  const target = findTarget(wish.to);
  if (known.length === 0 || target === undefined) return undefined;
  const run = new ExportRun(makeExportSource(store), target, { ...wish, traceIds: known });
  const unknown = wish.traceIds.filter((id) => !store.library.has(id));
  return { chunks: run.chunks(), unknown: unknown.slice(0, 100), state: () => Promise.resolve(run.state) };
}
