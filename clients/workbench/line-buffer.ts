/** Lines that wait to be sent, bounded by count and by bytes. */

export interface BufferLimits {
  readonly lines: number;
  /** UTF-16 units, which is at least a third of the bytes on the wire. */
  readonly text: number;
}

export class LineBuffer {
  readonly #limits: BufferLimits;
  #lines: string[] = [];
  #text = 0;

  constructor(limits: BufferLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#lines.length;
  }

  get text(): number {
    return this.#text;
  }

  /** True where one more line would break a limit. */
  isFull(line: string): boolean {
    return this.#lines.length >= this.#limits.lines || this.#text + line.length > this.#limits.text;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#text += line.length;
  }

  /** Puts lines back to the front, in their order. */
  putBack(lines: readonly string[]): void {
    this.#lines = [...lines, ...this.#lines];
    for (const line of lines) this.#text += line.length;
  }

  /** The oldest lines, as many as the limits let into one body; at least one where there is one. */
  take(limits: BufferLimits = { lines: Infinity, text: Infinity }): string[] {
    let count = 0;
    let text = 0;
    for (const line of this.#lines) {
      if (count > 0 && (count >= limits.lines || text + line.length > limits.text)) break;
      count++;
      text += line.length;
    }
    this.#text -= text;
    return this.#lines.splice(0, count);
  }
}
