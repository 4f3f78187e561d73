/** What the host answers to `trace.open`, made from a drawing. */
import { computeSummary } from '../../../core/analysis/summary.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { TraceOpened } from '../../../core/rpc/contract.ts';
import { foldTraceText, readTraceText } from '../../build/read-trace-text.ts';

export function openedOf(text: string): { opened: TraceOpened; bytes: Uint8Array } {
  const spans = foldTraceText(text);
  const entry = at(readTraceText(text).table.traces, 0);
  const summary = computeSummary(spans, linkSpans(spans), entry, 4e15);
  return { opened: { summary, clockOffsetUs: 0, diagnostics: [] }, bytes: encodeSpanTable(spans) };
}
