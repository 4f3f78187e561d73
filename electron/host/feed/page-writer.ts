/** Collects pages for one answer: their bytes one behind the other, what each is, and whose traces they hold. */
import { at } from '../../../core/model/assert.ts';
import { cutRows } from '../../../core/model/cut-rows.ts';
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { NO_TRACE_ID } from '../../../core/model/trace-entry.ts';
import { PAGE_ROWS, type FeedPage, type HeldSegment } from '../../../core/rpc/feed.ts';

export class PageWriter {
  readonly pages: FeedPage[] = [];
  readonly traceIds = new Set<string>();
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;
  #rows = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Of a row, as far as these pages tell. */
  get bytesPerRow(): number {
    return this.#rows === 0 ? 0 : this.#bytes / this.#rows;
  }

  /** Adds rows from `row` up to the end of its page or of the table, and returns the row behind them. */
  add({ segment, generation }: HeldSegment, table: SpanTable, row: number): number {
    const page = Math.floor(row / PAGE_ROWS);
    const end = Math.min(table.length, (page + 1) * PAGE_ROWS);
    const cut = cutRows(table, row, end);
    const bytes = encodeSpanTable(cut);
    this.pages.push({
      ...{ segment, generation, page, from: row - page * PAGE_ROWS, rows: cut.length },
      ...{ offset: this.#bytes, bytes: bytes.length },
    });
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    this.#rows += cut.length;
    for (const { id } of cut.traces) this.#addTrace(id);
    return end;
  }

  /**
   * Notes the traces of trace items, from item `line` of a segment on, as far as they stand before the offset
   * `before`. Returns the item that comes next.
   */
  addLines(table: SpanTable, line: number, before = Infinity): number {
    const lines = table.traceLines;
    let i = line * LINE_NUMBERS;
    for (; i < lines.length && at(lines, i + 1) < before; i += LINE_NUMBERS) {
      this.#addTrace(at(table.traces, at(lines, i)).id);
    }
    return i / LINE_NUMBERS;
  }

  join(): Uint8Array {
    return Buffer.concat(this.#parts, this.#bytes);
  }

  #addTrace(id: string): void {
    if (id !== NO_TRACE_ID) this.traceIds.add(id);
  }
}

/** Three numbers stand for a trace item in `traceLines`. */
const LINE_NUMBERS = 3;
