/** A table without some of its traces: no row, no line, no name and no id of them is left in it. */
import { at } from './assert.ts';
import { makeColumns, SpanTable } from './span-table.ts';
import { StringTable } from './string-table.ts';
import type { TraceEntry } from './trace-entry.ts';

const DROPPED = -1;
const LINE_NUMBERS = 3;

/** Makes it in slices: yields after every so many rows, and returns the table. */
export function* dropTraces(
  source: SpanTable,
  isDropped: (trace: number) => boolean,
  sliceRows = 8_000,
): Generator<undefined, SpanTable> {
  const traces: TraceEntry[] = [];
  const numbers = source.traces.map((entry, number) =>
    isDropped(number) ? DROPPED : traces.push(entry) - 1,
  );
  const columns = makeColumns(source.length);
  const traceLines = keptLines(source.traceLines, numbers);
  const kept = new SpanTable({ columns, length: 0, strings: new StringTable(), traces, traceLines });
  for (let row = 0; row < source.length; row++) {
    const number = at(numbers, at(source.columns.trace, row));
    if (number !== DROPPED) kept.appendFrom(source, row, number);
    if (row % sliceRows === sliceRows - 1) yield;
  }
  return kept;
}

function keptLines(lines: readonly number[], numbers: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (let i = 0; i < lines.length; i += LINE_NUMBERS) {
    const number = at(numbers, at(lines, i));
    if (number !== DROPPED) kept.push(number, at(lines, i + 1), at(lines, i + 2));
  }
  return kept;
}
