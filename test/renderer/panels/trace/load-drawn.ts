/** A drawing as the page holds it once it is open. */
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../../core/analysis/summary.ts';
import { at } from '../../../../core/model/assert.ts';
import { SpanIdIndex } from '../../../../core/model/span-id-index.ts';
import { buildFlameModel } from '../../../../renderer/charts/flame/model.ts';
import type { LoadedTrace } from '../../../../renderer/state/loaded-trace.ts';
import { foldTraceText, readTraceText } from '../../../build/read-trace-text.ts';
import { drawnUs } from '../../../build/trace-text-record.ts';

/** `origin` is `live` or the name of a file. */
export function loadDrawn(text: string, origin: string, clockOffsetUs = 0): LoadedTrace {
  const table = foldTraceText(text, { origin });
  const tree = linkSpans(table);
  const entry = at(readTraceText(text, { origin }).table.traces, 0);
  const summary = computeSummary(table, tree, entry, drawnUs(60));
  return {
    summary,
    diagnostics: [],
    clockOffsetUs,
    model: buildFlameModel(table, tree),
    index: SpanIdIndex.of(table),
  };
}
