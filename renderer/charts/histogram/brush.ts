/** The brush over a time histogram: d3's, told where the range stands and telling where it was dragged to. */
import { brushX, select, type D3BrushEvent } from 'd3';
import type { CssPx } from './layout-bars.ts';

export interface BrushParts {
  readonly width: CssPx;
  readonly height: CssPx;
  /** Where the range stands; undefined for none. */
  readonly range: readonly [CssPx, CssPx] | undefined;
  /** Dragged by a person; undefined: the range was taken away. `done` at the end of the drag. */
  readonly ondrag: (range: readonly [CssPx, CssPx] | undefined, done: boolean) => void;
}

/** Puts a brush into a group of an SVG; the answer brings it up to date. */
export function attachBrush(group: SVGGElement, first: BrushParts): (parts: BrushParts) => void {
  let parts = first;
  let dragging = false;
  const root = select<SVGGElement, unknown>(group);
  const brush = brushX<unknown>().on('start brush end', (event: D3BrushEvent<unknown>) => {
    // Moved by `move` below, not by a person.
    if (event.sourceEvent === null || event.sourceEvent === undefined) return;
    dragging = event.type !== 'end';
    const { selection } = event;
    if (event.type === 'start') return;
    parts.ondrag(isRange(selection) ? selection : undefined, event.type === 'end');
  });
  const update = (next: BrushParts): void => {
    const isResized = next.width !== parts.width || next.height !== parts.height || next === first;
    parts = next;
    if (isResized) {
      brush.extent([
        [0, 0],
        [next.width, next.height],
      ]);
      root.call(brush);
    }
    // What a person holds is not moved out of their hand.
    if (!dragging) brush.move(root, next.range === undefined ? null : [...next.range]);
  };
  update(first);
  return update;
}

function isRange(selection: D3BrushEvent<unknown>['selection']): selection is [number, number] {
  return selection !== null && typeof selection[0] === 'number';
}
