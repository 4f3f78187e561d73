/** A picture turned over: roots at the bottom, as flames stand. */
import { at } from '../../../core/model/assert.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';

export function turnUpright<Layout extends BarLayout>(layout: Layout): Layout {
  const { rows, rowBegin, rowSpans, errorsBefore } = layout;
  const row = layout.row.map((own) => rows - 1 - own);
  const newBegin = new Uint32Array(rows + 1);
  const newSpans = new Uint32Array(rowSpans.length);
  const newErrors = new Uint32Array(rowSpans.length + 1);
  let place = 0;
  for (let from = rows - 1; from >= 0; from--) {
    const [begin, end] = [at(rowBegin, from), at(rowBegin, from + 1)];
    newSpans.set(rowSpans.subarray(begin, end), place);
    for (let i = begin; i < end; i++) {
      newErrors[place + 1] = at(newErrors, place) + at(errorsBefore, i + 1) - at(errorsBefore, i);
      place++;
    }
    newBegin[rows - from] = place;
  }
  return { ...layout, row, rowBegin: newBegin, rowSpans: newSpans, errorsBefore: newErrors };
}
