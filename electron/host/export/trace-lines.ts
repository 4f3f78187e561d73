/** Where the lines of trace items stand in a segment, by trace: made once a segment, not once a trace. */
import { at } from '../../../core/model/assert.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';
import type { Library } from '../library/library.ts';

const LINE_NUMBERS = 3;

export class TraceLines {
  readonly #library: Library;
  readonly #segments = new Map<SegmentNumber, ReadonlyMap<number, readonly LineAddress[]>>();

  constructor(library: Library) {
    this.#library = library;
  }

  of(traceId: string): readonly (LineAddress & { readonly segment: SegmentNumber })[] {
    return this.#library.segmentsOf(traceId).flatMap((segment) => {
      const number = this.#library.tables.get(segment).table.findTrace(traceId);
      const lines = number === undefined ? undefined : this.#linesIn(segment).get(number);
      return (lines ?? []).map((line) => ({ ...line, segment }));
    });
  }

  #linesIn(segment: SegmentNumber): ReadonlyMap<number, readonly LineAddress[]> {
    const known = this.#segments.get(segment);
    if (known !== undefined) return known;
    const lines = new Map<number, LineAddress[]>();
    const { traceLines } = this.#library.tables.get(segment).table;
    for (let i = 0; i < traceLines.length; i += LINE_NUMBERS) {
      const trace = at(traceLines, i);
      const line = { offset: at(traceLines, i + 1), length: at(traceLines, i + 2) };
      const own = lines.get(trace);
      if (own === undefined) lines.set(trace, [line]);
      else own.push(line);
    }
    this.#segments.set(segment, lines);
    return lines;
  }
}
