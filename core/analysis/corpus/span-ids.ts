/**
 * Ids of the few spans that tables name. Facts hold no ids, and finding one reads a segment: those of the longest
 * spans are taken when the facts are made, others are remembered once they were looked up.
 */
import { Heaviest } from './heaviest.ts';

/** Enough for the slowest of a part of the traces, too. */
const LONGEST = 2000;
/** Looked up ones beyond are forgotten, all at once. */
const MOST_LOOKED_UP = 20_000;

interface LongSpan {
  readonly weight: number;
  readonly traceId: string;
  readonly row: number;
  readonly id: string;
  /** How often the trace had changed by then. */
  readonly change: number;
}

export class SpanIds {
  readonly #longest = new Heaviest<LongSpan>(LONGEST, (a, b) => (a.id < b.id ? -1 : 1));
  /** By trace, then by row. */
  readonly #known = new Map<string, Map<number, string>>();
  readonly #changes = new Map<string, number>();
  #lookedUp = 0;
  #isListed = true;

  /** Whether the id of a span of this own time would be kept. */
  takes(selfUs: number): boolean {
    return this.#longest.takes(selfUs);
  }

  add(traceId: string, row: number, selfUs: number, id: string): void {
    this.#longest.add({ weight: selfUs, traceId, row, id, change: this.#changeOf(traceId) });
    this.#isListed = false;
  }

  /** The id of a row of a trace; `lookUp` is asked where it is not known. */
  find(traceId: string, row: number, lookUp: () => string): string {
    if (!this.#isListed) this.#list();
    const known = this.#known.get(traceId)?.get(row);
    if (known !== undefined) return known;
    if (this.#lookedUp++ > MOST_LOOKED_UP) this.#list();
    const id = lookUp();
    this.#put(traceId, row, id);
    return id;
  }

  /** Its rows may be others now. */
  drop(traceId: string): void {
    this.#known.delete(traceId);
    this.#changes.set(traceId, this.#changeOf(traceId) + 1);
  }

  #list(): void {
    this.#known.clear();
    this.#lookedUp = 0;
    this.#isListed = true;
    for (const { traceId, row, id, change } of this.#longest.list()) {
      if (change === this.#changeOf(traceId)) this.#put(traceId, row, id);
    }
  }

  #changeOf(traceId: string): number {
    return this.#changes.get(traceId) ?? 0;
  }

  #put(traceId: string, row: number, id: string): void {
    const rows = this.#known.get(traceId);
    if (rows === undefined) this.#known.set(traceId, new Map([[row, id]]));
    else rows.set(row, id);
  }
}
