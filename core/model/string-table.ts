/** Strings by number, each kept once. Number 0 is always "no string". */
export class StringTable {
  readonly #texts: string[] = [''];
  /** Made when a text is first looked for: who only reads a table of many texts has no use for it. */
  #known: Map<string, number> | undefined;

  /** Makes a table from the texts that `texts()` gave; the first must be the empty one. */
  static from(texts: readonly string[]): StringTable {
    const table = new StringTable();
    for (let code = 1; code < texts.length; code++) table.#texts.push(texts[code] ?? '');
    return table;
  }

  get size(): number {
    return this.#texts.length;
  }

  get #codes(): Map<string, number> {
    return (this.#known ??= new Map(this.#texts.map((text, code) => [text, code])));
  }

  /** The number of `text`, given a new one when it is new; undefined is 0. */
  add(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.length;
    this.#texts.push(text);
    this.#codes.set(text, code);
    return code;
  }

  /** The number of `text`, or undefined where the table does not have it. */
  find(text: string): number | undefined {
    return this.#codes.get(text);
  }

  /** The text of a number; undefined for 0 and for numbers that were never given. */
  at(code: number): string | undefined {
    return code === 0 ? undefined : this.#texts[code];
  }

  texts(): readonly string[] {
    return this.#texts;
  }
}
