/**
 * A line that is one whole value of JSON is parsed at once and walked as the element reader would have walked its
 * bytes: the same elements in the same order, at less than half the cost of finding each in the bytes first.
 */
import { isJsonList, isJsonObject, type Json } from '../../model/json.ts';
import { MAX_DEPTH } from '../excess.ts';
import type { ElementHandler, ElementPlace } from './element-reader.ts';
import type { ForeignReader, ForeignSink } from './foreign-format.ts';
import type { ElementPaths } from './element-paths.ts';

/** A longer line is read element by element, so that memory does not grow with it; fewer brackets fit in it than are too many. */
export const MAX_LINE_BYTES = 2 * 1024 * 1024;

export interface LineWalk {
  readonly paths: ElementPaths;
  readonly handler: ElementHandler;
  readonly maxFrames: number;
  readonly place: LinePlace;
  /** Counts a key or a value; false where there were too many. */
  count(): boolean;
  skip(code: 'too-deep'): void;
}

/** Walks one value of a line. */
export function walkLine(walk: LineWalk, value: Json): void {
  const tell = (path: string, each: Json): void => {
    walk.place.next();
    if (isTooDeep(each, MAX_DEPTH)) walk.skip('too-deep');
    else walk.handler.value(path, each, walk.place);
  };
  /** As deep as paths have words and lists stand in lists, which `maxFrames` bounds. */
  const step = (path: string, each: Json, frames: number): boolean => {
    if (!walk.count()) return false;
    const leads = walk.paths.leads(path);
    const isFree = frames < walk.maxFrames;
    if (isFree && isJsonList(each) && (leads || walk.paths.has(path))) {
      for (const child of each) if (!step(path, child, frames + 1)) return false;
    } else if (isFree && leads && isJsonObject(each)) {
      walk.handler.open?.(path);
      for (const key of Object.keys(each)) {
        if (!walk.count()) return false;
        const below = path === '' ? key : `${path}.${key}`;
        if (!step(below, each[key] ?? null, frames + 1)) return false;
      }
      walk.handler.close?.(path);
    } else tell(path, each);
    return true;
  };
  step('', value, 0);
}

/** True where a value nests deeper than `left` levels. */
export function isTooDeep(value: Json, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (isJsonList(value)) {
    for (const child of value) if (isTooDeep(child, left - 1)) return true;
    return false;
  }
  for (const key in value) {
    const child = value[key];
    if (typeof child === 'object' && child !== null && isTooDeep(child, left - 1)) return true;
  }
  return false;
}

/** Reads elements byte by byte, for what the parsed value does not tell. */
type OpenReader = (sink: ForeignSink, handler: ElementHandler) => ForeignReader;

/** The place of one element of a line after the other, each good until the next. */
export class LinePlace implements ElementPlace {
  readonly line: number;
  readonly #bytes: Uint8Array;
  readonly #open: OpenReader;
  #texts: readonly string[] | undefined;
  #number = -1;

  constructor(line: number, bytes: Uint8Array, open: OpenReader) {
    this.line = line;
    this.#bytes = bytes;
    this.#open = open;
  }

  /** Few formats ever ask for it: the line is then read a second time, for the texts of all its elements. */
  get text(): string {
    this.#texts ??= this.#listTexts();
    return this.#texts[this.#number] ?? '';
  }

  next(): void {
    this.#number++;
  }

  #listTexts(): readonly string[] {
    const texts: string[] = [];
    const passOver = (): void => {
      texts.push('');
    };
    const value: ElementHandler['value'] = (_path, _value, { text }) => {
      texts.push(text);
    };
    const reader = this.#open(
      { item: passOver, skip: passOver, note: () => undefined, unread: passOver },
      { value },
    );
    reader.push(this.#bytes);
    reader.end();
    return texts;
  }
}
