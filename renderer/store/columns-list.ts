/** The list in memory behind the feeding: typed columns, and a word whenever they change. */
import { SummaryColumns } from '../../core/store/summary-columns.ts';
import { STATUS_CODES } from '../../core/store/summary-column-types.ts';
import type { FedList, ListChange } from './library-list.ts';

/** Rows whose traces are gone, and which other traces may have by now; `all`: the columns are others. */
export type FreedRows = readonly number[] | 'all';

export class ColumnsList implements FedList {
  #columns = new SummaryColumns();
  readonly #onChange: (freed: FreedRows, changed: readonly string[]) => void;

  /** `changed`: ids of traces that are new or others than before. */
  constructor(onChange: (freed: FreedRows, changed: readonly string[]) => void) {
    this.#onChange = onChange;
  }

  /** As they are now; a reset or a snapshot puts others in their place. */
  get columns(): SummaryColumns {
    return this.#columns;
  }

  get size(): number {
    return this.#columns.size;
  }

  apply({ reset, removed, upserts }: ListChange): void {
    if (reset) this.#columns = new SummaryColumns();
    const freed = removed.flatMap((id) => this.#columns.remove(id) ?? []);
    for (const trace of upserts) this.#columns.upsert(trace);
    if (!reset && removed.length === 0 && upserts.length === 0) return;
    this.#onChange(
      reset ? 'all' : freed,
      upserts.map(({ id }) => id),
    );
  }

  restore(bytes: Uint8Array): void {
    this.#columns = SummaryColumns.decode(bytes);
    this.#onChange('all', []);
  }

  encode(): Uint8Array {
    return this.#columns.encode();
  }

  runningIds(): readonly string[] {
    const running = STATUS_CODES.indexOf('in_progress');
    const { status, idForm } = this.#columns.columns;
    const ids: string[] = [];
    for (let row = 0; row < this.#columns.rows; row++) {
      if (idForm[row] !== 0 && status[row] === running) ids.push(this.#columns.idAt(row));
    }
    return ids;
  }
}
