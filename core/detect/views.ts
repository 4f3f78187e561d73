/**
 * A text as it may be read: as it stands, and with its escapes undone (JSON in JSON, URLs, entities, look-alikes).
 * A view remembers for each of its characters where that stands in the text, so a find is told there.
 */
import { decodeStep, hasEscapes } from './decode-escapes.ts';

export interface TextView {
  readonly text: string;
  /** Where the character at `start` of the view begins in the text. */
  sourceStart(start: number): number;
  /** Where what ends before `end` of the view ends in the text. */
  sourceEnd(end: number): number;
}

/** Escapes in escapes: arguments of a tool inside of messages inside of an event. */
const DEEPEST = 4;

export function viewsOf(text: string): readonly TextView[] {
  const views: TextView[] = [{ text, sourceStart: (start) => start, sourceEnd: (end) => end }];
  if (!hasEscapes(text)) return views;
  let borders: Uint32Array | undefined;
  let current = text;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const step = decodeStep(current);
    if (step === undefined) break;
    borders = borders === undefined ? step.borders : compose(borders, step.borders);
    const own = borders;
    current = step.text;
    views.push({
      text: current,
      sourceStart: (start) => own[start] ?? text.length,
      sourceEnd: (end) => own[end] ?? text.length,
    });
  }
  return views;
}

/** Borders of a view of a view, in the text that both are of. */
function compose(outer: Uint32Array, inner: Uint32Array): Uint32Array {
  return inner.map((border) => outer[border] ?? 0);
}
