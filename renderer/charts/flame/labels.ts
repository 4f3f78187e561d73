/** Labels inside bars: the name as far as it fits, then the duration in small where room is left. */
import type { AnyContext } from './canvas.ts';
import type { FlameModel } from './model.ts';
import type { Palette } from './palette.ts';

const PADDING_PX = 6;
const GAP_PX = 6;
/** Narrower bars hold no readable letter. */
export const SMALLEST_LABELLED_PX = 26;
const NAME_SIZE = 11;
const SMALL_SIZE = 10;
/** Names repeat; a trace with ever new ones must not fill the memory with their widths. */
const MAX_CACHED = 5000;
/** No bar is wide enough for more, and measuring a name of a megabyte takes long. */
const LONGEST_NAME = 400;
/** They let a text have the direction of its first letter, so that its ellipsis stands where it ends. */
const [ISOLATE, END_OF_ISOLATE] = ['\u2068', '\u2069'];

export class LabelPainter {
  #widths = new Map<string, number>();
  #font = '';

  /** Measures everything anew, after a typeface arrived. */
  forget(): void {
    this.#widths.clear();
  }

  /** Sets the type once a frame; a new font forgets the measured widths. */
  begin(context: AnyContext, palette: Palette): void {
    if (this.#font !== palette.font) this.#widths = new Map();
    this.#font = palette.font;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
  }

  /** Writes into a bar whose visible part is from `x` on, `width` wide; `middle` is its height's middle. */
  paint(
    context: AnyContext,
    label: { readonly name: string; readonly small: string },
    bar: { readonly x: number; readonly width: number; readonly middle: number },
    ink: string,
    strength = 1,
  ): void {
    const room = bar.width - PADDING_PX * 2;
    const name = label.name.length > LONGEST_NAME ? label.name.slice(0, LONGEST_NAME) : label.name;
    const nameWidth = this.#measure(context, name, NAME_SIZE);
    context.fillStyle = ink;
    context.globalAlpha = strength;
    context.font = `${String(NAME_SIZE)}px ${this.#font}`;
    if (nameWidth > room) {
      context.fillText(this.#shorten(context, name, room, nameWidth), bar.x + PADDING_PX, bar.middle);
      context.globalAlpha = 1;
      return;
    }
    context.fillText(name, bar.x + PADDING_PX, bar.middle);
    const left = room - nameWidth - GAP_PX;
    if (left < this.#measure(context, label.small, SMALL_SIZE)) {
      context.globalAlpha = 1;
      return;
    }
    context.globalAlpha = 0.68 * strength;
    context.font = `${String(SMALL_SIZE)}px ${this.#font}`;
    context.fillText(label.small, bar.x + PADDING_PX + nameWidth + GAP_PX, bar.middle + 0.5);
    context.globalAlpha = 1;
  }

  /** The longest beginning found that fits: letters differ in width, so a share of them is only the first guess. */
  #shorten(context: AnyContext, name: string, room: number, width: number): string {
    let letters = Math.floor((name.length * room) / width);
    while (letters >= 1) {
      const text = cutAfter(name, letters);
      const taken = this.#measure(context, text, NAME_SIZE);
      if (taken <= room) return text;
      letters = Math.min(letters - 1, Math.floor((letters * room) / taken));
    }
    return '';
  }

  #measure(context: AnyContext, text: string, size: number): number {
    const key = size === NAME_SIZE ? text : `\n${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size >= MAX_CACHED) this.#widths.clear();
    context.font = `${String(size)}px ${this.#font}`;
    const { width } = context.measureText(text);
    this.#widths.set(key, width);
    return width;
  }
}

/** The first letters of a text and an ellipsis; never half of a surrogate pair. */
function cutAfter(text: string, letters: number): string {
  const high = text.charCodeAt(letters - 1);
  const cut = high >= 0xd800 && high <= 0xdbff ? letters - 1 : letters;
  return `${ISOLATE}${text.slice(0, cut).trimEnd()}…${END_OF_ISOLATE}`;
}

/** Whether the parent of a span is named but not there. */
export function isOrphan(model: FlameModel, span: number): boolean {
  return model.tree.parent[span] === -1 && model.table.columns.parentForm[span] !== 0;
}
