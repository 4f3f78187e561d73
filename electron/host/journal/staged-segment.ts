/**
 * A segment that was written outside of the journal, as the journal would have written it: its number is given
 * when it is taken over, and nothing of its bytes or of its rows depends on it.
 */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { SegmentTable } from '../library/segment-table.ts';
import type { SegmentExtent } from './segment-writer.ts';

export interface StagedSegment {
  /** A whole and durable file, on the disk of the journal where that can be. */
  readonly path: string;
  readonly extent: SegmentExtent;
  readonly table: SegmentTable;
  /** Summaries of traces that no other segment holds; they need not be all. */
  readonly summaries?: ReadonlyMap<string, TraceSummary> | undefined;
}
