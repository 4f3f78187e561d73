/** Makes spans of samples of a stack: frames that stay where they are from one sample to the next are one span. */
import type { Place } from '../foreign/foreign-format.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FineTime } from '../genai/fine-time.ts';
import type { SliceNester } from './nest-slices.ts';

export interface Frame {
  /** Tells it from others of the same name. */
  readonly key: string;
  readonly name: string;
  readonly data: JsonObject;
}

export class SampleNester {
  readonly #nester: SliceNester;
  readonly #lane: string;
  #stack: readonly Frame[] = [];
  #last: { readonly at: FineTime; readonly place: Place } | undefined;

  constructor(nester: SliceNester, lane: string) {
    this.#nester = nester;
    this.#lane = lane;
  }

  /** `stack` from the outermost frame to the innermost, as it stands at a time. */
  sample(stack: readonly Frame[], at: FineTime, place: Place): void {
    let shared = 0;
    while (shared < stack.length && stack[shared]?.key === this.#stack[shared]?.key) shared++;
    this.#close(shared, at, place);
    for (const { name, data } of stack.slice(shared)) this.#nester.begin(this.#lane, name, at, data, place);
    this.#stack = stack;
    this.#last = { at, place };
  }

  /** Whatever still stands ends; without a time, at the last sample. */
  end(at: FineTime | undefined = this.#last?.at): void {
    if (at !== undefined) this.#close(0, at, this.#last?.place ?? {});
    this.#stack = [];
  }

  #close(depth: number, at: FineTime, place: Place): void {
    // undefined: the one that began last, whatever recursion makes of its name.
    for (let i = this.#stack.length; i > depth; i--) this.#nester.end(this.#lane, undefined, at, {}, place);
  }
}
