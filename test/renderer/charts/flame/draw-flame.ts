/** A flame graph from a drawn trace, and back: one line a row, one letter a millisecond, so tests are pictures. */
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { at } from '../../../../core/model/assert.ts';
import { buildFlameModel, type FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { foldTraceText } from '../../../build/read-trace-text.ts';

export function flameOf(text: string): FlameModel {
  const folded = foldTraceText(text);
  return buildFlameModel(folded, linkSpans(folded));
}

/** The row of the span called `name`; -1 where there is none. */
export function rowNamed(model: FlameModel, name: string): number {
  return [...model.order].find((row) => model.table.name(row) === name) ?? -1;
}

/** Every row by the first letters of its spans; behind it the instants; an open span ends in `>`. */
export function drawRows(model: FlameModel): readonly string[] {
  const lines: string[] = [];
  for (let row = 0; row < model.rows; row++) {
    const spans = model.rowSpans.subarray(at(model.rowBegin, row), at(model.rowBegin, row + 1));
    lines.push(drawRow(model, spans));
  }
  return lines;
}

function drawRow(model: FlameModel, spans: Uint32Array): string {
  let bars = '';
  let instants = '';
  for (const span of spans) {
    const letter = model.table.name(span).charAt(0);
    const from = Math.round(at(model.start, span) / 1000);
    const open = model.end[span] === Infinity;
    const to = Math.round((open ? model.lastKnown : at(model.end, span)) / 1000);
    if (from < bars.length) throw new Error(`${letter} overlaps at ${String(from)}: ${bars}`);
    if (from === to && !open) {
      instants += ` ${letter}@${String(from)}`;
      continue;
    }
    bars = bars.padEnd(from, '.') + letter.repeat(to - from) + (open ? '>' : '');
  }
  return bars + instants;
}
