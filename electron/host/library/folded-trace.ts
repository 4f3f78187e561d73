/** A trace ready to be shown: one row a span, linked, with its summary and what is odd about it. */
import { computeSummary } from '../../../core/analysis/summary.ts';
import { linkSpans, type SpanTree } from '../../../core/analysis/span-tree.ts';
import { quietDeadlineUs } from '../../../core/analysis/trace-status.ts';
import { diagnose } from '../../../core/formats/messages.ts';
import type { Diagnostic } from '../../../core/model/diagnostic.ts';
import { foldSpans, type FoldRoom } from '../../../core/model/fold.ts';
import { compareTexts } from '../../../core/model/merge-records.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { headersConflict } from '../../../core/model/trace-entry.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { GatheredTrace, JournalAddress } from './gather-trace.ts';

export interface FoldedTrace {
  readonly summary: TraceSummary;
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  readonly diagnostics: readonly Diagnostic[];
  /** Host's clock minus client's, 0 where unknown. */
  readonly clockOffsetUs: number;
  /** When the trace becomes final if nothing more comes; undefined where only a record can end it. */
  readonly settlesAtUs: EpochUs | undefined;
}

/** The text that decides between two reports: `reportText` of the line at an address. */
export type ReportTextAt = (address: JournalAddress) => string;

/** Folds a gathered trace. `textAt` is asked only where two reports of equal rank differ. */
export function foldTrace(gathered: GatheredTrace, nowUs: EpochUs, textAt: ReportTextAt): FoldedTrace {
  const { entry } = gathered;
  const spans = foldGathered(gathered, textAt);
  const tree = linkSpans(spans);
  const summary = computeSummary(spans, tree, entry, nowUs);
  return {
    summary,
    spans,
    tree,
    diagnostics: describeOddities(gathered, spans, tree),
    clockOffsetUs: entry.clockOffsetUs ?? 0,
    settlesAtUs: summary.status === 'in_progress' ? quietDeadlineUs(spans, entry) : undefined,
  };
}

/** The spans alone. */
export function foldGathered(
  { table, rows, addressOf }: GatheredTrace,
  textAt: ReportTextAt,
  room?: FoldRoom,
): SpanTable {
  const compare = (a: number, b: number): number => compareTexts(textAt(addressOf(a)), textAt(addressOf(b)));
  return foldSpans(table, rows, compare, room);
}

function describeOddities({ entry }: GatheredTrace, spans: SpanTable, tree: SpanTree): readonly Diagnostic[] {
  const flags = spans.columns.flags.subarray(0, spans.length);
  return [
    ...(entry.headers.length > 1 && headersConflict(entry.headers) ? [diagnose('trace-conflict')] : []),
    ...(flags.some((bits) => (bits & SpanFlag.conflict) !== 0) ? [diagnose('span-conflict')] : []),
    ...(tree.cycles > 0 ? [diagnose('parent-cycle')] : []),
  ];
}
