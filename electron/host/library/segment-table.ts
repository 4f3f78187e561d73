/** The rows of one segment, and for every trace the way through its own rows. */
import type { SpanRow } from '../../../core/model/span-row.ts';
import { SpanTable, type PayloadAddress } from '../../../core/model/span-table.ts';

const NO_ROW = -1;

export class SegmentTable {
  readonly table: SpanTable;
  /** The last row of each trace, by the trace's number in the table. */
  readonly #last: number[] = [];
  /** For each row the one before it of the same trace. */
  #previous: Int32Array;

  /** Around an empty table, or around one that was read. */
  constructor(table = new SpanTable()) {
    this.table = table;
    this.#previous = new Int32Array(Math.max(table.length, 64));
    for (let row = 0; row < table.length; row++) this.#chain(row, table.columns.trace[row] ?? 0);
  }

  append(row: SpanRow, trace: number, address: PayloadAddress): void {
    this.#chain(this.table.append(row, trace, address), trace);
  }

  /** The rows of a trace, oldest first; none for a trace that the segment does not know. */
  rowsOf(traceId: string): readonly number[] {
    const trace = this.table.findTrace(traceId);
    const rows: number[] = [];
    let row = trace === undefined ? NO_ROW : (this.#last[trace] ?? NO_ROW);
    while (row !== NO_ROW) {
      rows.push(row);
      row = this.#previous[row] ?? NO_ROW;
    }
    return rows.reverse();
  }

  #chain(row: number, trace: number): void {
    if (row >= this.#previous.length) {
      const larger = new Int32Array(this.#previous.length * 2);
      larger.set(this.#previous);
      this.#previous = larger;
    }
    this.#previous[row] = this.#last[trace] ?? NO_ROW;
    this.#last[trace] = row;
  }
}
