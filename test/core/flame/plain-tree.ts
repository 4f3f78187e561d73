/** Trees of spans from three lists of numbers, for traces too large to be drawn as text. */
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import { layoutLanes } from '../../../core/flame/lanes.ts';
import { Skyline } from '../../../core/flame/skyline.ts';

/** In microseconds; a parent stands before its children, and is -1 for tops. */
export interface PlainSpan {
  readonly parent: number;
  readonly start: number;
  readonly end: number;
}

export interface PlainLayout {
  readonly row: readonly number[];
  readonly rows: number;
  readonly steps: number;
}

export function layoutPlain(spans: readonly PlainSpan[]): PlainLayout {
  const times = {
    start: Float64Array.from(spans, ({ start }) => start),
    end: Float64Array.from(spans, ({ end }) => end),
  };
  const skyline = new Skyline();
  const order = Uint32Array.from(spans.keys());
  const { row, rows } = layoutLanes(linkPlain(spans), times, order, skyline);
  return { row: [...row], rows, steps: skyline.steps };
}

/** `count` spans of about a second, all at once; the parent of each is what `parentOf` says. */
export function overlapping(count: number, parentOf: (span: number) => number): readonly PlainSpan[] {
  return Array.from({ length: count }, (_, i) => ({
    parent: i === 0 ? -1 : parentOf(i),
    start: i,
    end: 1_000_000 + i,
  }));
}

function linkPlain(
  spans: readonly PlainSpan[],
): Pick<SpanTree, 'parent' | 'firstChild' | 'nextSibling' | 'tops'> {
  const parent = Int32Array.from(spans, (span) => span.parent);
  const firstChild = new Int32Array(spans.length).fill(-1);
  const nextSibling = new Int32Array(spans.length).fill(-1);
  const tops: number[] = [];
  const byStart = [...spans.keys()].sort((a, b) => at(spans, a).start - at(spans, b).start);
  for (const span of byStart.reverse()) {
    const above = at(parent, span);
    if (above < 0) {
      tops.unshift(span);
    } else {
      nextSibling[span] = at(firstChild, above);
      firstChild[above] = span;
    }
  }
  return { parent, firstChild, nextSibling, tops };
}
