/**
 * The same path merged: spans with the same kind and name below the same path become one bar, the widest
 * stands left. A bar is as wide as its weight; where parallel children weigh more than their parent says,
 * the parent is widened, so that bars never overlap.
 *
 *   time order     run ████████████████     left-heavy     run ████████████████
 *                      a▓▓ b░ a▓▓▓▓ b░                         a▓▓▓▓▓▓ b░░
 */
import { at } from '../../../core/model/assert.ts';
import { SpanFlag } from '../../../core/model/span-row.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { BarLayout } from '../../../core/flame/bar-layout.ts';
import { countBefore, sortRows } from '../../../core/flame/sort-rows.ts';

/** Spans of a trace, as far as merging looks at them. */
export interface MergedSpans {
  readonly table: SpanTable;
  readonly parent: Int32Array;
  /** Parents before their children. */
  readonly order: Uint32Array;
}

/** What makes a bar wide. */
export interface Weights {
  /** By span, at least 0. */
  readonly own: Float64Array;
  /** Whether a span's own weight holds that of its children, as a duration does; else it is added to theirs. */
  readonly inclusive: boolean;
}

export interface MergedLayout extends BarLayout {
  /** By bar: the first span of the path, in order of time. */
  readonly spanOf: Uint32Array;
  /** By span. */
  readonly barOf: Uint32Array;
  /** By bar: how many spans it stands for. */
  readonly spans: Uint32Array;
  /** By bar; -1 at the top. */
  readonly parentOf: Int32Array;
}

export function layoutLeftHeavy(source: MergedSpans, weights: Weights): MergedLayout {
  const merged = mergePaths(source);
  const width = weigh(merged, source, weights);
  const { start, depth } = place(merged, width);
  const count = merged.parentOf.length;
  const end = new Float64Array(count);
  let [lastKnown, rows] = [0, 0];
  for (let bar = 0; bar < count; bar++) {
    end[bar] = at(start, bar) + at(width, bar);
    lastKnown = Math.max(lastKnown, at(end, bar));
    rows = Math.max(rows, at(depth, bar) + 1);
  }
  const { rowBegin, rowSpans } = sortRows(depth, rows, Uint32Array.from(start.keys()), { start, end });
  const errors = countErrors(merged, source);
  const errorsBefore = countBefore(rowSpans, (bar) => at(errors, bar));
  const layout = {
    count,
    start,
    end,
    row: depth,
    rows,
    rowBegin,
    rowSpans,
    errorsBefore,
    lastKnown,
    open: 0,
  };
  return { ...layout, ...merged };
}

type Merged = Pick<MergedLayout, 'spanOf' | 'barOf' | 'spans' | 'parentOf'>;

function mergePaths({ table, parent, order }: MergedSpans): Merged {
  const keys = nameKeys(table, order);
  const bars = new Map<number, number>();
  const barOf = new Uint32Array(order.length);
  const spanOf: number[] = [];
  const spans: number[] = [];
  const parentOf: number[] = [];
  for (const span of order) {
    const above = at(parent, span);
    const parentBar = above < 0 ? -1 : at(barOf, above);
    // Both are below 2^26: their product is a whole number still.
    const key = (parentBar + 1) * keys.size + at(keys.of, span);
    let bar = bars.get(key);
    if (bar === undefined) {
      bar = spanOf.length;
      bars.set(key, bar);
      spanOf.push(span);
      spans.push(0);
      parentOf.push(parentBar);
    }
    spans[bar] = at(spans, bar) + 1;
    barOf[span] = bar;
  }
  return {
    barOf,
    spanOf: Uint32Array.from(spanOf),
    spans: Uint32Array.from(spans),
    parentOf: Int32Array.from(parentOf),
  };
}

/** A number for each kind and name that a person would read as the same. */
function nameKeys({ columns }: SpanTable, order: Uint32Array): { of: Uint32Array; size: number } {
  const numbers = new Map<string, number>();
  const of = new Uint32Array(order.length);
  const seen = new Map<number, number>();
  for (const span of order) {
    const name = at(columns.name, span);
    const kind = at(columns.kind, span);
    // Nearly all spans have a name, and then no text is made.
    const quick = name * 256 + kind;
    let number = name > 0 ? seen.get(quick) : undefined;
    if (number === undefined) {
      const text =
        name > 0
          ? `${String(kind)} ${String(name)}`
          : `${String(kind)} - ${String(columns.target[span])} ${String(columns.model[span])}`;
      number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      if (name > 0) seen.set(quick, number);
    }
    of[span] = number;
  }
  return { of, size: Math.max(numbers.size, 1) };
}

function weigh({ barOf, parentOf }: Merged, { order }: MergedSpans, weights: Weights): Float64Array {
  const width = new Float64Array(parentOf.length);
  const below = new Float64Array(parentOf.length);
  for (const span of order) {
    const bar = at(barOf, span);
    const own = at(weights.own, span);
    if (own > 0) width[bar] = at(width, bar) + own;
  }
  // Bars are numbered parents first: backwards each is settled before its parent.
  for (let bar = parentOf.length - 1; bar >= 0; bar--) {
    const children = at(below, bar);
    width[bar] = weights.inclusive ? Math.max(at(width, bar), children) : at(width, bar) + children;
    const above = at(parentOf, bar);
    if (above >= 0) below[above] = at(below, above) + at(width, bar);
  }
  return width;
}

/** The widest first, each from the left edge of its parent on. */
function place({ parentOf }: Merged, width: Float64Array): { start: Float64Array; depth: Uint32Array } {
  const count = parentOf.length;
  const depth = new Uint32Array(count);
  for (let bar = 0; bar < count; bar++) {
    const above = at(parentOf, bar);
    depth[bar] = above < 0 ? 0 : at(depth, above) + 1;
  }
  const byWidth = Uint32Array.from(width.keys()).sort(
    (a, b) => at(depth, a) - at(depth, b) || at(width, b) - at(width, a) || a - b,
  );
  const start = new Float64Array(count);
  const filled = new Float64Array(count);
  let top = 0;
  for (const bar of byWidth) {
    const above = at(parentOf, bar);
    if (above < 0) {
      start[bar] = top;
      top += at(width, bar);
    } else {
      start[bar] = at(start, above) + at(filled, above);
      filled[above] = at(filled, above) + at(width, bar);
    }
  }
  return { start, depth };
}

function countErrors({ barOf, parentOf }: Merged, { table, order }: MergedSpans): Uint32Array {
  const { flags } = table.columns;
  const errors = new Uint32Array(parentOf.length);
  for (const span of order) {
    const bar = at(barOf, span);
    if ((at(flags, span) & SpanFlag.error) !== 0) errors[bar] = at(errors, bar) + 1;
  }
  return errors;
}
