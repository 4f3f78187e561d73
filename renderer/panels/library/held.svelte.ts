/** Whether rows must stay where they are: while the list is scrolled, and while somebody points at a row. */

/** A pointer that has rested so long is not about to press. */
const REST_MS = 1500;

export class Held {
  scrolled = $state(false);
  #pointed = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get now(): boolean {
    return this.scrolled || this.#pointed;
  }

  /** The pointer has moved over the rows. */
  point(): void {
    this.#pointed = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pointed = false;
    }, REST_MS);
  }

  /** The pointer has left. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#pointed = false;
  }
}
