/** What the library feeds: the list in memory, whoever draws it. The one way in. */
import type { TraceSummary } from '../../core/model/trace-summary.ts';

export interface ListChange {
  /** Forget all that came before. */
  readonly reset: boolean;
  /** Taken out before the upserts are put in. */
  readonly removed: readonly string[];
  readonly upserts: readonly TraceSummary[];
}

export interface FedList {
  apply(change: ListChange): void;
  /** Begins anew with encoded SummaryColumns. Throws where the bytes are none of this version. */
  restore(bytes: Uint8Array): void;
  /** The list as encoded SummaryColumns. */
  encode(): Uint8Array;
  readonly size: number;
  /** Traces that were in progress when they were last told of: time alone may have ended them since. */
  runningIds(): readonly string[];
}
