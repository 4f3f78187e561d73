/** Finds all reports of a span among the rows of a gathered trace, without making a text of any row's id. */
import { at } from '../../../core/model/assert.ts';
import { SpanIdIndex } from '../../../core/model/span-id-index.ts';
import type { GatheredTrace } from './gather-trace.ts';

const NO_ROW = -1;

export class SpanReports {
  readonly #index: SpanIdIndex;
  /** For each row another report of its span, or -1. */
  readonly #next: Int32Array;

  constructor({ table, rows }: GatheredTrace) {
    this.#index = new SpanIdIndex(table, rows.length);
    this.#next = new Int32Array(table.length).fill(NO_ROW);
    for (const row of rows) {
      const first = this.#index.add(row);
      if (first === NO_ROW) continue;
      this.#next[row] = at(this.#next, first);
      this.#next[first] = row;
    }
  }

  /** The rows of a span, oldest first; none where the trace does not have it. */
  rowsOf(spanId: string): readonly number[] {
    const rows: number[] = [];
    for (let row = this.#index.findId(spanId); row !== NO_ROW; row = at(this.#next, row)) rows.push(row);
    return rows.sort((a, b) => a - b);
  }
}
