/** What a person waits for after an import: the start, the list, opening traces, one span's payload. */
import type { JsonObject } from '../../core/model/json.ts';
import { encodeSpanTable } from '../../core/model/span-table-bytes.ts';
import type { DurationMs } from '../../core/model/time.ts';
import { at } from '../../core/model/assert.ts';
import { systemClock } from '../../electron/host/host.ts';
import { newestFirst } from '../../core/analysis/newest-first.ts';
import { openStore } from '../../electron/host/open-store.ts';
import type { TraceStore } from '../../electron/host/trace-store.ts';
import { median } from './median.ts';
import { ownPeak } from './peak-memory.ts';

/** How many traces of middle size are opened, spread over the library. */
const OPENED = 25;

export async function measureLibrary(directory: string): Promise<JsonObject> {
  const started = performance.now();
  const store = await openStore(directory, systemClock);
  const startMs = performance.now() - started;
  const list = (): unknown => newestFirst(store.library.summaries());
  const firstListMs = timed(list);
  const listMs = timed(list);
  const bySize = store.library.summaries().toSorted((a, b) => a.spans - b.spans);
  const largest = at(bySize, bySize.length - 1);
  const middle = bySize.filter(({ spans }) => spans >= 30 && spans <= 60);
  const chosen = middle.filter((_, i) => i % Math.ceil(middle.length / OPENED) === 0);
  const openMiddleMs = median(chosen.map(({ id }) => timed(() => openTrace(store, id))));
  const readSpanMs = median(
    chosen.map(({ id }) => {
      const spans = store.library.findTrace(id)?.spans;
      const spanId = spans?.spanId(spans.length >> 1) ?? '';
      return timed(() => store.readSpans(id, [spanId]));
    }),
  );
  const openLargestMs = timed(() => openTrace(store, largest.id));
  const peakMb = ownPeak();
  await store.close();
  const traces = bySize.length;
  const spans = bySize.reduce((sum, summary) => sum + summary.spans, 0);
  return {
    ...{ startMs, firstListMs, listMs, openMiddleMs, openLargestMs, largestSpans: largest.spans },
    ...{ readSpanMs, peakMb, traces, spans },
  };
}

/** What the host does for a page that opens a trace. */
function openTrace(store: TraceStore, id: string): void {
  const trace = store.library.findTrace(id);
  if (trace === undefined || encodeSpanTable(trace.spans).length === 0) throw new Error('a trace is missing');
}

function timed(run: () => unknown): DurationMs {
  const start = performance.now();
  run();
  return performance.now() - start;
}
