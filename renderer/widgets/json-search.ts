/** Finds words in the keys and values of JSON, a part at a time: a payload may have a million of them. */
import { isJsonList, type Json } from '../../core/model/json.ts';
import { childAt, findContainer, type JsonContainer, type JsonRows } from './json-rows.ts';

/** Where a match stands, and the containers around it. */
export interface JsonMatch {
  readonly container: JsonContainer;
  readonly child: number;
  /** The match's container as a child of the one around it; undefined for the whole. */
  readonly around: JsonMatch | undefined;
}

interface Frame {
  readonly container: JsonContainer;
  readonly keys: readonly string[] | undefined;
  readonly size: number;
  readonly around: JsonMatch | undefined;
  next: number;
}

/** More are not counted: nobody steps through them. */
export const MOST_MATCHES = 10_000;

export class JsonSearch {
  readonly matches: JsonMatch[] = [];
  readonly #stack: Frame[] = [];
  readonly #words: string;

  /** `words` are looked for as they are, in letters of any case. */
  constructor(root: Json, words: string) {
    this.#words = words.toLowerCase();
    this.#open(root, undefined);
  }

  /** Looks at about so many more values. Returns whether all were looked at. */
  step(values: number): boolean {
    for (let seen = 0; seen < values; seen++) {
      const frame = this.#stack.at(-1);
      if (frame === undefined || this.matches.length >= MOST_MATCHES) return true;
      if (frame.next >= frame.size) {
        this.#stack.pop();
        continue;
      }
      const child = frame.next++;
      const value = childAt(frame.container, frame.keys, child);
      const match = { container: frame.container, child, around: frame.around };
      if (this.#fits(frame.keys?.[child], value)) this.matches.push(match);
      this.#open(value, match);
    }
    return this.#stack.length === 0;
  }

  #fits(key: string | undefined, value: Json): boolean {
    if (key?.toLowerCase().includes(this.#words) === true) return true;
    if (typeof value === 'string') return value.toLowerCase().includes(this.#words);
    return (value === null || typeof value !== 'object') && String(value).includes(this.#words);
  }

  #open(value: Json, around: JsonMatch | undefined): void {
    const container = findContainer(value);
    if (container === undefined) return;
    const keys = isJsonList(container) ? undefined : Object.keys(container);
    const size = isJsonList(container) ? container.length : (keys?.length ?? 0);
    this.#stack.push({ container, keys, size, around, next: 0 });
  }
}

/** Of more matches only the one that is stepped to is shown. */
const MOST_SHOWN = 1000;

/** The rows of matches that are unfolded. */
export function findMatchRows(matches: readonly JsonMatch[], rows: JsonRows): ReadonlySet<number> {
  if (matches.length > MOST_SHOWN) return new Set();
  return new Set(matches.map(({ container, child }) => rows.find(container, child)));
}
