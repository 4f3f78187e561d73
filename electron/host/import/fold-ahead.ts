/**
 * Summaries of what an import is reading, made by the host while the thread reads on: when a segment is taken over,
 * most of its traces are known. Whatever it does not know the library folds when it is asked, as ever.
 */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { NO_TRACE_ID } from '../../../core/model/trace-entry.ts';
import type { Clock } from '../../../core/model/time.ts';
import { foldTrace } from '../library/folded-trace.ts';
import { gatherTrace } from '../library/gather-trace.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { reportBug } from '../report-bug.ts';
import { takeInSlices } from '../take-in-slices.ts';
import type { TraceStore } from '../trace-store.ts';
import { decodeStagedSegment } from './staged-segment-bytes.ts';

/** A larger trace is folded by the library, which has more use for it. */
const MOST_ROWS = 10_000;

/** Two reports differ, and only their lines could tell which counts. */
class UndecidedError extends Error {}

export class FoldAhead {
  readonly #store: TraceStore;
  readonly #clock: Clock;
  readonly #summaries = new Map<string, TraceSummary>();
  readonly #seen = new Set<string>();
  #folding: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(store: TraceStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Takes the words and columns of the next segment; they are not touched any more. */
  take(bytes: Uint8Array): void {
    this.#folding = this.#folding.then(() => this.#fold(bytes)).catch(reportBug);
  }

  /** What is known of traces that stand in one segment alone, once all that was taken is folded. */
  async end(): Promise<ReadonlyMap<string, TraceSummary>> {
    await this.#folding;
    return this.#summaries;
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.#stopped = true;
  }

  async #fold(bytes: Uint8Array): Promise<void> {
    if (this.#stopped) return;
    const table = new SegmentTable(decodeStagedSegment(bytes).table);
    await takeInSlices(this.#foldTraces(table));
  }

  *#foldTraces(table: SegmentTable): Generator<void> {
    for (const { id } of table.table.traces) {
      if (this.#stopped) return;
      if (id === NO_TRACE_ID) continue;
      const isNew = !this.#seen.has(id) && !this.#store.library.has(id);
      this.#seen.add(id);
      const summary = isNew ? this.#summaryOf(id, table) : undefined;
      if (summary === undefined) this.#summaries.delete(id);
      else this.#summaries.set(id, summary);
      yield;
    }
  }

  #summaryOf(id: string, table: SegmentTable): TraceSummary | undefined {
    const gathered = gatherTrace(id, [0], () => table);
    if (gathered === undefined || gathered.rows.length > MOST_ROWS) return undefined;
    try {
      const { summary } = foldTrace(gathered, this.#clock(), () => {
        throw new UndecidedError();
      });
      // One that is in progress depends on the clock.
      return summary.status === 'in_progress' ? undefined : summary;
    } catch (error) {
      if (error instanceof UndecidedError) return undefined;
      throw error;
    }
  }
}
