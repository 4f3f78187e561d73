/** How a page's own library is fed from the journal: in order of (segment, row), in pages, from a cursor on. */
import type { TraceSummary } from '../model/trace-summary.ts';

/** Rows of a full page. Pages are cut at multiples of it within a segment. */
export const PAGE_ROWS = 4_500;

/** Where a library stands: everything before is in it. Of one journal; the host makes it, a page only keeps it. */
export interface FeedCursor {
  readonly segment: number;
  /** The form of that segment which the numbers below count in. */
  readonly generation: number;
  /** Rows of that segment which are in the library. */
  readonly row: number;
  /** Trace items of that segment which are: they have no row and change a summary all the same. */
  readonly line: number;
  /** Digest of the last of these rows: after a crash of the machine a journal may end sooner than it did. */
  readonly check: number;
  /** Deletions, in the order of the journal, that the library has carried out. */
  readonly deletions: number;
}

/** Which form of a segment a page holds: compaction gives a segment a new one, with other rows. */
export interface HeldSegment {
  readonly segment: number;
  /** Never repeats for a segment; 0: as it was written. */
  readonly generation: number;
}

/** Rows of one page beside others in the bytes of an answer: an encoded SpanTable of unfolded rows. */
export interface FeedPage {
  readonly segment: number;
  readonly generation: number;
  /** floor(row / PAGE_ROWS). */
  readonly page: number;
  /** The first of the rows, counted in the page: what stands before it came before. */
  readonly from: number;
  readonly rows: number;
  readonly offset: number;
  readonly bytes: number;
}

export interface FeedPull {
  /** The cursor was of no use: forget everything, these pages begin at the beginning. */
  readonly reset: boolean;
  /** The cursor after these pages. */
  readonly cursor: FeedCursor;
  /** Held segments whose form is no more: forget their pages. */
  readonly stale: readonly HeldSegment[];
  /** Segments before the cursor that are not held as they are now: `feed.segment` brings them. */
  readonly missing: readonly HeldSegment[];
  /** Traces deleted since the cursor, none of whose earlier rows count any more. */
  readonly removed: readonly string[];
  /** As of now, of every trace with a row or a trace item in what was pulled, and of those that time alone changed. */
  readonly summaries: readonly TraceSummary[];
  readonly pages: readonly FeedPage[];
  /** Rows, and about how many bytes, that wait behind these; 0 at the end. */
  readonly waitingRows: number;
  readonly waitingBytes: number;
}

/** Pages of a segment that lies before the cursor. */
export interface FeedSegment {
  /** Undefined is never sent: a segment that is gone has no pages and generation -1. */
  readonly generation: number;
  readonly pages: readonly FeedPage[];
  /** The page to ask for next; null at the end. */
  readonly nextPage: number | null;
}
