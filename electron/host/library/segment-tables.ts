/**
 * The tables of segments: that of a segment without a sidecar stays in memory, the others are read when a
 * trace needs them and a few are kept.
 */
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import { SegmentTable } from './segment-table.ts';

/** About 5 MB each, for segments of 64 MB. */
const KEPT_TABLES = 8;
const DROPPED = -1;

export interface SegmentRows {
  readonly segment: SegmentNumber;
  readonly rows: number;
}

export class SegmentTables {
  readonly #load: (segment: SegmentNumber) => SegmentTable;
  readonly #pinned = new Map<SegmentNumber, SegmentTable>();
  /** In order of use, the longest unused first. */
  readonly #recent = new Map<SegmentNumber, SegmentTable>();
  /** Rows of every segment that is not pinned. */
  readonly #rows = new Map<SegmentNumber, number>();
  readonly #generations = new Map<SegmentNumber, number>();
  readonly #listeners = new Set<() => void>();

  constructor(load: (segment: SegmentNumber) => SegmentTable) {
    this.#load = load;
  }

  /** Empty for a segment that was dropped: whoever walks over segments may meet one that has gone meanwhile. */
  get(segment: SegmentNumber): SegmentTable {
    const pinned = this.#pinned.get(segment);
    if (pinned !== undefined) return pinned;
    if (this.generationOf(segment) === DROPPED) return new SegmentTable();
    const table = this.#recent.get(segment) ?? this.#load(segment);
    this.#keep(segment, table);
    return table;
  }

  /** Says that a segment with so many rows is on disk. */
  note(segment: SegmentNumber, rows: number): void {
    this.#rows.set(segment, rows);
  }

  /** Every segment and how many rows it has by now, in order. */
  extents(): readonly SegmentRows[] {
    const rows = new Map(this.#rows);
    for (const [segment, { table }] of this.#pinned) rows.set(segment, table.length);
    return [...rows]
      .map(([segment, count]) => ({ segment, rows: count }))
      .sort((a, b) => a.segment - b.segment);
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
    if (table === undefined) return;
    this.note(segment, table.table.length);
    this.#keep(segment, table);
  }

  /** 0: the segment has the rows it was written with; below: it was dropped. */
  generationOf(segment: SegmentNumber): number {
    return this.#generations.get(segment) ?? 0;
  }

  setGeneration(segment: SegmentNumber, generation: number): void {
    this.#generations.set(segment, generation);
  }

  /** Takes the table that compaction left of a segment, whose sidecar is written. */
  replace(segment: SegmentNumber, table: SegmentTable, generation: number): void {
    this.setGeneration(segment, generation);
    this.#pinned.set(segment, table);
    this.unpin(segment);
    for (const listener of this.#listeners) listener();
  }

  /** Calls back when a segment was given another form or is gone; returns how to stop that. */
  onReplaced(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets a segment that is no more. */
  drop(segment: SegmentNumber): void {
    this.#pinned.delete(segment);
    this.#recent.delete(segment);
    this.#rows.delete(segment);
    // Its number is never given again.
    this.#generations.set(segment, DROPPED);
    for (const listener of this.#listeners) listener();
  }

  /** Deletes a trace from the table of a segment, where that is in memory. */
  forgetTrace(segment: SegmentNumber, traceId: string): void {
    (this.#pinned.get(segment) ?? this.#recent.get(segment))?.table.forgetTrace(traceId);
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
