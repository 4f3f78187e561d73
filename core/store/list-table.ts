/** Lists of texts by number, each list kept once, as a whole: thousands of traces share the same few agents. */
import { at } from '../model/assert.ts';
import type { StringTable } from '../model/string-table.ts';

/** List 0 is the empty one. */
export class ListTable {
  readonly #strings: StringTable;
  readonly #lists: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(strings: StringTable, lists: readonly (readonly number[])[] = [[]]) {
    this.#strings = strings;
    for (const codes of lists) this.#addCodes(codes);
  }

  get size(): number {
    return this.#lists.length;
  }

  /** The number of a list, given a new one when it is new. */
  add(texts: readonly string[]): number {
    return this.#addCodes(texts.map((text) => this.#strings.add(text)));
  }

  /** Codes of the list's texts in the string table. */
  codes(list: number): readonly number[] {
    return at(this.#lists, list);
  }

  texts(list: number): readonly string[] {
    return this.codes(list).map((code) => this.#strings.at(code) ?? '');
  }

  all(): readonly (readonly number[])[] {
    return this.#lists;
  }

  #addCodes(codes: readonly number[]): number {
    const key = codes.join(',');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#lists.push(codes) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
