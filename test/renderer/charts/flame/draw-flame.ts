/** A flame graph from a drawn trace, and back: one line a row, one letter a millisecond, so tests are pictures. */
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { at } from '../../../../core/model/assert.ts';
import { buildFlameModel, type FlameModel } from '../../../../renderer/charts/flame/model.ts';
import { readTraceText, foldDrawn } from '../../../build/read-trace-text.ts';

export function flameOf(text: string): FlameModel {
  const folded = foldDrawn(readTraceText(text));
  return buildFlameModel(folded, linkSpans(folded));
}

/** The row of the span called `name`; -1 where there is none. */
export function rowNamed(model: FlameModel, name: string): number {
  return [...model.order].find((row) => model.table.name(row) === name) ?? -1;
}

/** Every row by the first letters of its spans; an instant is `|`, an open span ends in `>`. */
export function drawRows(model: FlameModel): readonly string[] {
  const lines: string[] = [];
  for (let row = 0; row < model.rows; row++) {
    const letters: string[] = [];
    for (const span of model.rowSpans.subarray(at(model.rowBegin, row), at(model.rowBegin, row + 1))) {
      const from = Math.round(at(model.start, span) / 1000);
      const open = model.end[span] === Infinity;
      const to = open ? Math.round(model.lastKnown / 1000) : Math.round(at(model.end, span) / 1000);
      const letter = model.table.name(span).charAt(0);
      while (letters.length < Math.max(from, to)) letters.push('.');
      for (let i = from; i < to; i++) {
        if (letters[i] !== '.') throw new Error(`${letter} overlaps ${String(letters[i])} at ${String(i)}`);
        letters[i] = letter;
      }
      if (from === to) letters[from] = `${letters[from] === undefined || letters[from] === '.' ? '' : letters[from]}|`;
      if (open) letters.push('>');
    }
    lines.push(letters.join(''));
  }
  return lines;
}
