/** The colours of a picture's bars, and which of them are lit: what a legend, a search and the path ask for. */
import { at } from '../../../core/model/assert.ts';
import { countBefore } from '../../../core/flame/sort-rows.ts';
import type { FlamePicture } from './picture.ts';

/** What a person asked to see, by span. */
export interface TintRequest {
  /** Place in `colours` by span; absent: by the kind of the span. */
  readonly codes?: Uint8Array | undefined;
  /** Custom properties, such as `--k-agent`. */
  readonly tokens: readonly string[];
  /** 1 where a span is lit, by span; absent: all are, and none is dimmed. */
  readonly lit?: Uint8Array | undefined;
  /** Lit bars get an edge of their own: they were searched for. */
  readonly edges?: boolean | undefined;
}

/** The same by bar, with sums along the rows: merged bars never hide a lit one. */
export interface Tint {
  readonly codes: Uint8Array;
  readonly litBefore: Uint32Array | undefined;
  readonly edges: boolean;
}

/** How strong a bar is drawn that is not lit. */
export const DIMMED = 0.22;

/** Whether one of the bars from a place of the rows on is lit. */
export function isLit({ litBefore }: Tint, place: number, bars: number): boolean {
  return litBefore === undefined || at(litBefore, place + bars) > at(litBefore, place);
}

export function tintPicture(picture: FlamePicture, kinds: Uint8Array, request: TintRequest): Tint {
  const { merged, count } = picture;
  const bySpan = request.codes ?? kinds;
  const codes =
    merged === undefined
      ? bySpan
      : merged.spanOf.reduce((byBar, span, bar) => {
          byBar[bar] = bySpan[span] ?? 0;
          return byBar;
        }, new Uint8Array(count));
  const { lit } = request;
  if (lit === undefined) return { codes, litBefore: undefined, edges: false };
  const litBars = merged === undefined ? lit : gather(merged.barOf, lit, count);
  return {
    codes,
    litBefore: countBefore(picture.rowSpans, (bar) => litBars[bar] ?? 0),
    edges: request.edges === true,
  };
}

/** A merged bar is lit where one of its spans is. */
function gather(barOf: Uint32Array, lit: Uint8Array, count: number): Uint8Array {
  const bars = new Uint8Array(count);
  for (let span = 0; span < barOf.length; span++) if (lit[span] === 1) bars[at(barOf, span)] = 1;
  return bars;
}
