/**
 * The rows of JSON that folds, for a list of which only the rows in sight exist. Neighbours among the children
 * of one container are one run, so millions of values cost what their open containers cost:
 *
 *   a: 1        run 1: a, b
 *   b: {
 *     c: 2      run 2: c, d
 *     d: 3
 *   e: 4        run 3: e
 */
import { at } from '../../core/model/assert.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../core/model/json.ts';

export type JsonContainer = readonly Json[] | JsonObject;

export interface JsonRow {
  readonly depth: number;
  /** Name in an object, number in a list; undefined for a value that is all there is. */
  readonly key: string | number | undefined;
  readonly value: Json;
  /** Undefined: nothing to fold. */
  readonly open: boolean | undefined;
}

interface Run {
  readonly firstRow: number;
  readonly container: JsonContainer;
  readonly keys: readonly string[] | undefined;
  readonly firstChild: number;
  readonly depth: number;
  /** Row of the container, -1 for the whole. */
  readonly above: number;
}

interface Frame extends Omit<Run, 'firstRow' | 'firstChild'> {
  readonly size: number;
  next: number;
}

/** Which containers are open: those near the top that are short, but for what a person folded or unfolded. */
export class JsonFolds {
  readonly #toggled = new WeakMap<object, boolean>();
  #openDepth: number;
  #longest: number;

  constructor(openDepth: number, longest = LONGEST_OPEN) {
    this.#openDepth = openDepth;
    this.#longest = longest;
  }

  isOpen(container: JsonContainer, depth: number): boolean {
    const chosen = this.#toggled.get(container);
    if (chosen !== undefined) return chosen;
    if (depth >= this.#openDepth) return false;
    return this.#longest === Infinity || sizeOf(container) <= this.#longest;
  }

  set(container: JsonContainer, open: boolean): void {
    this.#toggled.set(container, open);
  }

  /** How a value is to begin with: the entries of one that is long are folded. */
  static initial(value: Json, openDepth: number): JsonFolds {
    const container = findContainer(value);
    const isLong = container !== undefined && sizeOf(container) > LONGEST_OPEN;
    return new JsonFolds(isLong ? 0 : openDepth);
  }

  /** All open, or all folded. */
  static all(open: boolean): JsonFolds {
    return new JsonFolds(open ? Infinity : 0, Infinity);
  }
}

const LONGEST_OPEN = 60;

export class JsonRows {
  readonly #root: Json;
  readonly #folds: JsonFolds;
  readonly #runs: Run[] = [];
  readonly #stack: Frame[] = [];
  #count = 0;
  /** Made when a row is first looked for. */
  readonly #runsOf = new Map<JsonContainer, Run[]>();
  #indexed = 0;

  constructor(root: Json, folds: JsonFolds) {
    this.#root = root;
    this.#folds = folds;
    if (findContainer(root) === undefined) this.#count = 1;
    else this.#open(root as JsonContainer, 0, -1);
  }

  /** Rows that are known by now. */
  get count(): number {
    return this.#count;
  }

  /** Makes about so many more runs. Returns whether all rows are known. */
  grow(runs: number): boolean {
    for (let made = 0; made < runs; made++) {
      const frame = this.#stack.at(-1);
      if (frame === undefined) return true;
      const opened = this.#scan(frame);
      if (opened === undefined) this.#stack.pop();
      else this.#open(opened, frame.depth + 1, this.#count - 1);
    }
    return this.#stack.length === 0;
  }

  row(index: number): JsonRow {
    if (this.#runs.length === 0) return { depth: 0, key: undefined, value: this.#root, open: undefined };
    const run = this.#runAt(index);
    const child = run.firstChild + index - run.firstRow;
    const value = childAt(run.container, run.keys, child);
    const folding = findContainer(value);
    return {
      depth: run.depth,
      key: run.keys === undefined ? child : at(run.keys, child),
      value,
      open: folding && this.#folds.isOpen(folding, run.depth),
    };
  }

  /** Row of the container that holds this one, -1 for none. */
  above(index: number): number {
    return this.#runs.length === 0 ? -1 : this.#runAt(index).above;
  }

  /** Keys from the whole down to a row. */
  path(index: number): readonly (string | number)[] {
    const keys: (string | number)[] = [];
    for (let row = index; row >= 0; row = this.above(row)) keys.push(this.row(row).key ?? '');
    return this.#runs.length === 0 ? [] : keys.reverse();
  }

  /** The row of a child, -1 where it is folded away. */
  find(container: JsonContainer, child: number): number {
    for (; this.#indexed < this.#runs.length; this.#indexed++) {
      const next = at(this.#runs, this.#indexed);
      const known = this.#runsOf.get(next.container);
      if (known === undefined) this.#runsOf.set(next.container, [next]);
      else known.push(next);
    }
    const run = this.#runsOf.get(container)?.findLast((each) => each.firstChild <= child);
    return run === undefined ? -1 : run.firstRow + child - run.firstChild;
  }

  #open(container: JsonContainer, depth: number, above: number): void {
    const keys = isJsonList(container) ? undefined : Object.keys(container);
    const size = keys?.length ?? sizeOf(container);
    this.#stack.push({ container, keys, size, depth, above, next: 0 });
  }

  /** Adds the next run of a container; returns the open container that it ends with. */
  #scan(frame: Frame): JsonContainer | undefined {
    const { container, keys, depth, above } = frame;
    const firstChild = frame.next;
    let opened: JsonContainer | undefined;
    while (frame.next < frame.size && opened === undefined) {
      const folding = findContainer(childAt(container, keys, frame.next++));
      if (folding !== undefined && this.#folds.isOpen(folding, depth)) opened = folding;
    }
    if (frame.next > firstChild) {
      this.#runs.push({ firstRow: this.#count, container, keys, firstChild, depth, above });
      this.#count += frame.next - firstChild;
    }
    return opened;
  }

  #runAt(index: number): Run {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (at(this.#runs, middle).firstRow <= index) low = middle;
      else high = middle - 1;
    }
    return at(this.#runs, low);
  }
}

/** The value where it has something to fold. */
export function findContainer(value: Json): JsonContainer | undefined {
  if (isJsonList(value)) return value.length > 0 ? value : undefined;
  if (!isJsonObject(value)) return undefined;
  for (const key in value) if (Object.hasOwn(value, key)) return value;
  return undefined;
}

export function childAt(container: JsonContainer, keys: readonly string[] | undefined, child: number): Json {
  if (isJsonList(container)) return container[child] ?? null;
  return container[keys?.[child] ?? ''] ?? null;
}

function sizeOf(container: JsonContainer): number {
  return isJsonList(container) ? container.length : Object.keys(container).length;
}
