/** Spans that a reader can do without at first: those that only group others, and a framework's tiny steps. */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs, EpochUs } from '../model/time.ts';
import { computeSpanExtents } from './span-extents.ts';

export interface MinorSpans {
  /** By row: 1 where the span is minor. */
  readonly minor: Uint8Array;
  /** Turns and tasks. */
  readonly groups: number;
  /** Custom spans shorter than TINY_US, in a trace that is longer than all of them could be. */
  readonly tiny: number;
}

export const TINY_US: DurationUs = 1000;
/** In a trace this short a millisecond is worth seeing. */
const LONG_TRACE_US: DurationUs = 1_000_000;

/** A span with an error is never minor, and where every span would be, none is. */
export function findMinorSpans(table: SpanTable, openEndUs: EpochUs): MinorSpans {
  const { kind, flags } = table.columns;
  const { start, end } = computeSpanExtents(table, openEndUs);
  const isLong = spread(start, end) >= LONG_TRACE_US;
  const minor = new Uint8Array(table.length);
  let groups = 0;
  let tiny = 0;
  for (let row = 0; row < table.length; row++) {
    if ((at(flags, row) & SpanFlag.error) !== 0) continue;
    if (kind[row] === KIND_CODE.turn || kind[row] === KIND_CODE.task) {
      minor[row] = 1;
      groups++;
    } else if (isLong && kind[row] === KIND_CODE.custom && at(end, row) - at(start, row) < TINY_US) {
      minor[row] = 1;
      tiny++;
    }
  }
  if (groups + tiny === table.length) return { minor: minor.fill(0), groups: 0, tiny: 0 };
  return { minor, groups, tiny };
}

function spread(start: Float64Array, end: Float64Array): DurationUs {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < start.length; row++) {
    first = Math.min(first, at(start, row) || first);
    last = Math.max(last, at(end, row) || last);
  }
  return last - first;
}
