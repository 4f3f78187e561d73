/** The codes of another table's strings in one of ours: each is looked up once a table, as its traces share it. */
import type { StringTable } from '../../model/string-table.ts';

export class StringCodes {
  readonly #own: StringTable;
  readonly #known = new WeakMap<StringTable, (code: number) => number>();

  constructor(own: StringTable) {
    this.#own = own;
  }

  /** 0 stays 0. */
  of(strings: StringTable): (code: number) => number {
    const known = this.#known.get(strings);
    if (known !== undefined) return known;
    const codes: number[] = [0];
    const translate = (code: number): number => (codes[code] ??= this.#own.add(strings.at(code)));
    this.#known.set(strings, translate);
    return translate;
  }
}
