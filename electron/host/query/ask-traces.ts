/** Asks traces of the library a query, one by one, with pauses in which the door has its turn. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { QueryClock, QueryNode } from '../../../core/query/query-tree.ts';
import type { Library } from '../library/library.ts';
import { askStored } from './ask-stored.ts';

export interface AskTraces {
  readonly library: Pick<Library, 'traceIds' | 'findSummary' | 'findTrace'>;
  readonly tree: QueryNode;
  readonly clock: QueryClock;
  readonly book: PriceBook;
  /** Absent: all. */
  readonly traceIds?: readonly string[] | undefined;
  /** Told at the end of each slice, with what passed in it. */
  readonly onSlice: (passed: readonly string[], done: number, total: number) => void;
  /** Looked at after each slice. */
  readonly isStopped: () => boolean;
}

export interface AskedTraces {
  readonly looked: number;
  readonly matching: number;
  readonly cancelled: boolean;
}

const SLICE_MS = 10;

export async function askTraces(asked: AskTraces): Promise<AskedTraces> {
  const { library, tree, clock, book, onSlice, isStopped } = asked;
  const ids = asked.traceIds ?? library.traceIds();
  const question = askStored(library, tree, clock, book);
  let [matching, looked, beganMs] = [0, 0, performance.now()];
  let passed: string[] = [];
  for (const id of ids) {
    const summary = library.findSummary(id);
    looked++;
    if (summary !== undefined && question(summary)) {
      passed.push(id);
      matching++;
    }
    if (performance.now() - beganMs < SLICE_MS && looked < ids.length) continue;
    onSlice(passed, looked, ids.length);
    passed = [];
    await new Promise((resolve) => setImmediate(resolve));
    if (isStopped()) return { looked, matching, cancelled: looked < ids.length };
    beganMs = performance.now();
  }
  return { looked, matching, cancelled: false };
}
