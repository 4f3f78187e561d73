/** Paths of kinds and names, each kept once: where a span stands in the flame graph of many traces. */
import { at } from '../../model/assert.ts';

/** Deeper spans, and those past so many paths, stand with their parents: names may hold ids. */
const MAX_DEPTH = 60;
const MAX_PATHS = 300_000;
const KINDS = 32;
const NAMES = 2 ** 24;

export class PathTree {
  /** Path 0 is that of nothing; parents stand before their children. */
  readonly parents: number[] = [-1];
  readonly kinds: number[] = [0];
  readonly names: number[] = [0];
  readonly #depths: number[] = [0];
  readonly #known = new Map<number, number>();

  get size(): number {
    return this.parents.length;
  }

  /** The path of a kind and a name below another; the other itself where there is no room for it. */
  below(parent: number, kind: number, name: number): number {
    if (name >= NAMES) return parent;
    const key = (parent * KINDS + (kind % KINDS)) * NAMES + name;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const depth = at(this.#depths, parent) + 1;
    if (depth > MAX_DEPTH || this.size >= MAX_PATHS) return parent;
    const path = this.parents.push(parent) - 1;
    this.kinds.push(kind);
    this.names.push(name);
    this.#depths.push(depth);
    this.#known.set(key, path);
    return path;
  }
}
