/**
 * The tables of segments: that of a segment without a sidecar stays in memory, the others are read when a
 * trace needs them and a few are kept.
 */
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { SegmentTable } from './segment-table.ts';

/** About 5 MB each, for segments of 64 MB. */
const KEPT_TABLES = 8;

export class SegmentTables {
  readonly #load: (segment: SegmentNumber) => SegmentTable;
  readonly #pinned = new Map<SegmentNumber, SegmentTable>();
  /** In order of use, the longest unused first. */
  readonly #recent = new Map<SegmentNumber, SegmentTable>();

  constructor(load: (segment: SegmentNumber) => SegmentTable) {
    this.#load = load;
  }

  get(segment: SegmentNumber): SegmentTable {
    const pinned = this.#pinned.get(segment);
    if (pinned !== undefined) return pinned;
    const table = this.#recent.get(segment) ?? this.#load(segment);
    this.#keep(segment, table);
    return table;
  }

  /** Keeps a table until `unpin`: nothing on disk could replace it. */
  pin(segment: SegmentNumber, table: SegmentTable): void {
    this.#recent.delete(segment);
    this.#pinned.set(segment, table);
  }

  /** Says that the table can be read again from its sidecar. */
  unpin(segment: SegmentNumber): void {
    const table = this.#pinned.get(segment);
    this.#pinned.delete(segment);
    if (table !== undefined) this.#keep(segment, table);
  }

  findPinned(segment: SegmentNumber): SegmentTable | undefined {
    return this.#pinned.get(segment);
  }

  #keep(segment: SegmentNumber, table: SegmentTable): void {
    this.#recent.delete(segment);
    this.#recent.set(segment, table);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= KEPT_TABLES) break;
      this.#recent.delete(oldest);
    }
  }
}
