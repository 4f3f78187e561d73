/** Columns that grow by rows, for facts of many traces: room is doubled, so that a row costs what it holds. */
type ColumnType =
  | Float64ArrayConstructor
  | Uint32ArrayConstructor
  | Int32ArrayConstructor
  | Uint16ArrayConstructor
  | Uint8ArrayConstructor;
export type ColumnTypes = Readonly<Record<string, ColumnType>>;
export type ColumnsOf<Types extends ColumnTypes> = {
  -readonly [Name in keyof Types]: InstanceType<Types[Name]>;
};

const FIRST_ROOM = 256;

export class GrowingColumns<Types extends ColumnTypes> {
  readonly #types: Types;
  #columns: ColumnsOf<Types>;
  #room = FIRST_ROOM;
  #length = 0;

  constructor(types: Types) {
    this.#types = types;
    this.#columns = make(types, FIRST_ROOM);
  }

  /** As they are now: they are replaced when rows are added. */
  get columns(): ColumnsOf<Types> {
    return this.#columns;
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes of a row. */
  get rowBytes(): number {
    return Object.values(this.#types).reduce((sum, type) => sum + type.BYTES_PER_ELEMENT, 0);
  }

  /** Adds so many rows, all zero, and returns the place of the first. */
  add(rows: number): number {
    const from = this.#length;
    this.#length += rows;
    if (this.#length > this.#room) this.#grow(Math.max(this.#length, this.#room * 2));
    return from;
  }

  /** Keeps the stretches that are given, in this order, and nothing else; none of them may stand before where it goes. */
  keep(stretches: readonly { readonly from: number; readonly to: number }[]): void {
    const length = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    const kept = make(this.#types, Math.max(FIRST_ROOM, length));
    for (const name of Object.keys(this.#types)) {
      let into = 0;
      for (const { from, to } of stretches) {
        kept[name]?.set(this.#columns[name]?.subarray(from, to) ?? [], into);
        into += to - from;
      }
    }
    this.#columns = kept;
    this.#room = Math.max(FIRST_ROOM, length);
    this.#length = length;
  }

  #grow(room: number): void {
    const larger = make(this.#types, room);
    for (const name of Object.keys(this.#types)) larger[name]?.set(this.#columns[name] ?? []);
    this.#columns = larger;
    this.#room = room;
  }
}

function make<Types extends ColumnTypes>(types: Types, room: number): ColumnsOf<Types> {
  const made = Object.entries(types).map(([name, type]) => [name, new type(room)]);
  // Made of the very names and types that the result is described by.
  return Object.fromEntries(made) as ColumnsOf<Types>;
}
