/** Where the lines of deleted traces stand in a segment. */
import { at } from '../../../core/model/assert.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { NO_TRACE_ID, type LineAddress } from '../../../core/model/trace-entry.ts';

const LINE_NUMBERS = 3;

/** Numbers of the traces of a table that were deleted. */
export function findDeadTraces({ traces }: SpanTable): ReadonlySet<number> {
  return new Set(traces.flatMap(({ id }, number) => (id === NO_TRACE_ID ? [number] : [])));
}

/** The lines of some traces, spans and trace items alike, in order of their address. */
export function listLines(table: SpanTable, isWanted: (trace: number) => boolean): readonly LineAddress[] {
  const { columns, traceLines } = table;
  const lines: LineAddress[] = [];
  for (let row = 0; row < table.length; row++) {
    if (!isWanted(at(columns.trace, row))) continue;
    lines.push({ offset: at(columns.offset, row), length: at(columns.length, row) });
  }
  for (let i = 0; i < traceLines.length; i += LINE_NUMBERS) {
    if (!isWanted(at(traceLines, i))) continue;
    lines.push({ offset: at(traceLines, i + 1), length: at(traceLines, i + 2) });
  }
  return sortLines(lines);
}

/** In order of their address. */
export function sortLines(lines: readonly LineAddress[]): readonly LineAddress[] {
  return lines.toSorted((a, b) => a.offset - b.offset);
}
