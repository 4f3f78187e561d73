/** A 2d context that draws nothing and writes down what it was asked: the log of a painted frame. */
import type { AnyContext } from '../../../../renderer/charts/flame/canvas.ts';
import type { Palette } from '../../../../renderer/charts/flame/palette.ts';

export interface DrawnShape {
  readonly op: 'fill' | 'stroke' | 'text' | 'rect';
  readonly style: string;
  readonly alpha: number;
  /** The rectangles of a path, or what was written. */
  readonly what: string;
}

export interface Recording {
  readonly context: AnyContext;
  readonly log: DrawnShape[];
}

const LETTER_PX = 6;

export function recordDrawing(): Recording {
  const log: DrawnShape[] = [];
  let path: string[] = [];
  const round = (values: readonly number[]): string => values.map((value) => Math.round(value)).join(' ');
  const state = { fillStyle: '', strokeStyle: '', globalAlpha: 1, font: '', lineWidth: 1 };
  const note = (op: DrawnShape['op'], style: string, what: string): void => {
    if (what !== '') log.push({ op, style, alpha: state.globalAlpha, what });
  };
  const canvas = {
    ...state,
    clearRect: () => undefined,
    save: () => undefined,
    restore: () => undefined,
    clip: () => undefined,
    setLineDash: () => undefined,
    beginPath: () => (path = []),
    moveTo: (x: number, y: number) => path.push(`m ${round([x, y])}`),
    lineTo: (x: number, y: number) => path.push(`l ${round([x, y])}`),
    rect: (...box: number[]) => path.push(round(box)),
    roundRect: (...box: number[]) => path.push(round(box.slice(0, 4))),
    fill(this: typeof state) {
      state.globalAlpha = this.globalAlpha;
      note('fill', this.fillStyle, path.join(', '));
    },
    stroke(this: typeof state) {
      state.globalAlpha = this.globalAlpha;
      note('stroke', this.strokeStyle, path.join(', '));
    },
    fillRect(this: typeof state, ...box: number[]) {
      state.globalAlpha = this.globalAlpha;
      note('rect', this.fillStyle, round(box));
    },
    fillText(this: typeof state, text: string, x: number, y: number) {
      state.globalAlpha = this.globalAlpha;
      note('text', this.fillStyle, `${text} @${round([x, y])}`);
    },
    measureText: (text: string) => ({ width: text.length * LETTER_PX }),
  };
  return { context: canvas as unknown as AnyContext, log };
}

/** Colours by their names, so that a log is read. */
export const NAMED_PALETTE: Palette = {
  bars: [],
  kindInk: 'kind-ink',
  background: 'background',
  panel: 'panel',
  line: 'line',
  ink: 'ink',
  muted: 'muted',
  faint: 'faint',
  accent: 'accent',
  accentSoft: 'accent-soft',
  error: 'error',
  font: 'sans',
  mono: 'mono',
};
