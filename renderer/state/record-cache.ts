/** Records of spans as they were read, by row; the oldest are let go when they grow too many. */
import { at } from '../../core/model/assert.ts';
import { SpanFlag } from '../../core/model/span-row.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import type { LoadedTrace } from './loaded-trace.ts';

interface Held {
  /** undefined: the journal has none. */
  readonly detail: SpanDetail | undefined;
  readonly bytes: number;
  /** The span had ended when it was read: its record changes no more. */
  readonly ended: boolean;
  /** The trace as it was then. */
  readonly seen: LoadedTrace;
}

export class RecordCache {
  readonly #mostBytes: number;
  #held = new Map<number, Held>();
  #bytes = 0;

  /** `mostBytes`: of the records as they stand in the journal. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  clear(): void {
    this.#held = new Map();
    this.#bytes = 0;
  }

  has(row: number): boolean {
    return this.#held.has(row);
  }

  get(row: number): SpanDetail | undefined {
    return this.#held.get(row)?.detail;
  }

  /** Whether a row need not be read again as the trace is now. */
  isFresh(row: number, trace: LoadedTrace): boolean {
    const held = this.#held.get(row);
    return held !== undefined && (held.ended || held.seen === trace);
  }

  hold(trace: LoadedTrace, row: number, detail: SpanDetail | undefined): void {
    const { flags, length } = trace.model.table.columns;
    const bytes = at(length, row);
    this.#bytes += bytes - (this.#held.get(row)?.bytes ?? 0);
    // At the end of the map stands what was read last.
    this.#held.delete(row);
    const ended = (at(flags, row) & SpanFlag.ended) !== 0;
    this.#held.set(row, { detail, bytes, ended, seen: trace });
  }

  /** Lets go what was read longest ago, but none that is wanted. */
  letGo(wanted: readonly number[]): void {
    if (this.#bytes <= this.#mostBytes) return;
    const kept = new Set(wanted);
    for (const [row, { bytes }] of this.#held) {
      if (this.#bytes <= this.#mostBytes) return;
      if (kept.has(row)) continue;
      this.#held.delete(row);
      this.#bytes -= bytes;
    }
  }
}
