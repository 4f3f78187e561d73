/** For formats that come in two forms which their first byte tells: a list, or an object around it. */
import { skipBetween } from './json-tokens.ts';
import type { ForeignReader } from './foreign-format.ts';

export class FirstByteReader implements ForeignReader {
  readonly #choose: (byte: number) => ForeignReader;
  /** White space before the first byte: lines are counted in it. */
  #before: Uint8Array[] = [];
  #reader: ForeignReader | undefined;

  constructor(choose: (byte: number) => ForeignReader) {
    this.#choose = choose;
  }

  push(bytes: Uint8Array): void {
    if (this.#reader === undefined) {
      const first = bytes[skipBetween(bytes, 0)];
      if (first === undefined) {
        this.#before.push(new Uint8Array(bytes));
        return;
      }
      this.#begin(first);
    }
    this.#reader?.push(bytes);
  }

  end(): void {
    if (this.#reader === undefined) this.#begin(0);
    this.#reader?.end();
  }

  stop(): void {
    this.#reader?.stop();
  }

  #begin(first: number): void {
    const reader = this.#choose(first);
    for (const bytes of this.#before) reader.push(bytes);
    this.#before = [];
    this.#reader = reader;
  }
}
