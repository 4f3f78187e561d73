/** The bars of one frame as typed arrays that are used again for the next, so that drawing allocates nothing. */
import { at } from '../../../core/model/assert.ts';

const NUMBERS = 6;

export class BarList {
  #values = new Float64Array(1024 * NUMBERS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** `x0`, `x1`, `y` in CSS pixels of the canvas; `errors` of all spans that the bar stands for; whether it is lit. */
  add(bar: number, x0: number, x1: number, y: number, errors: number, lit: boolean): void {
    const place = this.#length++ * NUMBERS;
    if (place >= this.#values.length) {
      const more = new Float64Array(this.#values.length * 2);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[place] = bar;
    this.#values[place + 1] = x0;
    this.#values[place + 2] = x1;
    this.#values[place + 3] = y;
    this.#values[place + 4] = errors;
    this.#values[place + 5] = lit ? 1 : 0;
  }

  bar(i: number): number {
    return at(this.#values, i * NUMBERS);
  }

  x0(i: number): number {
    return at(this.#values, i * NUMBERS + 1);
  }

  x1(i: number): number {
    return at(this.#values, i * NUMBERS + 2);
  }

  y(i: number): number {
    return at(this.#values, i * NUMBERS + 3);
  }

  errors(i: number): number {
    return at(this.#values, i * NUMBERS + 4);
  }

  lit(i: number): boolean {
    return at(this.#values, i * NUMBERS + 5) === 1;
  }
}
