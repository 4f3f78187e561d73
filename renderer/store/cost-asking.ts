/**
 * Asks the host what traces cost: those in sight first, all of them where the list is sorted or chosen by cost. What
 * is known stays until its trace or the prices change; then it is stale, is shown as such, and asked for again.
 */
import { RpcError, type Connection } from '../../core/rpc/connection.ts';
import type { TraceCost } from '../../core/rpc/costs.ts';
import { COST_IS, RowCosts } from '../../core/store/row-costs.ts';
import type { SummaryColumns } from '../../core/store/summary-columns.ts';
import type { FreedRows } from './columns-list.ts';
import type { HostAsking } from './store-messages.ts';

export interface CostAskingParts {
  readonly columns: () => SummaryColumns;
  /** There is more to show than before. */
  readonly onChange: () => void;
  /** Calls back later: a trace that grows is not asked for with each of its spans. */
  readonly later: (run: () => void, delayMs: number) => void;
}

/** A request's worth: small enough that what comes into sight meanwhile is soon asked for. */
const MOST_IDS = 200;
const REST_MS = 500;

export class CostAsking {
  readonly costs = new RowCosts();
  readonly #parts: CostAskingParts;
  #connection: Connection | undefined;
  #inSight: readonly number[] = [];
  #wantsAll = false;
  #isAsking = false;
  #isResting = false;
  #failure: string | undefined;
  /** Ids whose traces have changed while they were asked for. */
  readonly #moved = new Set<string>();
  /** Counts the times that all rows became others. */
  #age = 0;

  constructor(parts: CostAskingParts) {
    this.#parts = parts;
  }

  connect(connection: Connection | undefined): void {
    this.#connection = connection;
    this.#failure = undefined;
    if (this.costs.prices !== '') this.pricesChanged();
    else this.#ask();
  }

  /** `rows`: those in sight, none where costs are not shown; `all`: the question is about cost. */
  want(rows: readonly number[], all: boolean): void {
    this.#inSight = rows;
    this.#wantsAll = all;
    this.#ask();
  }

  /** Traces are others than before, or gone. */
  changed(freed: FreedRows, ids: readonly string[]): void {
    if (freed === 'all') {
      this.#age++;
      this.costs.clear();
    } else {
      for (const row of freed) this.costs.forget(row);
      for (const id of ids) {
        if (this.#isAsking) this.#moved.add(id);
        const row = this.#parts.columns().rowOf(id);
        if (row !== undefined) this.costs.markStale(row);
      }
    }
    this.#askLater();
  }

  /** Other prices may hold: the host says which. */
  pricesChanged(): void {
    this.#connection?.request('costs.list', { traceIds: [] }).then(
      ({ result }) => {
        if (this.#takePrices(result.prices)) this.#parts.onChange();
        this.#ask();
      },
      () => undefined,
    );
  }

  /** Undefined where all that the question needs is known. */
  get asking(): HostAsking | undefined {
    if (!this.#wantsAll) return undefined;
    const columns = this.#parts.columns();
    let [done, total] = [0, 0];
    for (let row = 0; row < columns.rows; row++) {
      if (columns.columns.idForm[row] === 0) continue;
      total++;
      if (this.costs.stateOf(row) === COST_IS.known) done++;
    }
    if (done === total) return undefined;
    return { done, total, isOnline: this.#connection !== undefined, failure: this.#failure };
  }

  #askLater(): void {
    if (this.#isResting) return;
    this.#isResting = true;
    this.#parts.later(() => {
      this.#isResting = false;
      this.#ask();
    }, REST_MS);
  }

  #ask(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#isAsking || this.#isResting || this.#failure !== undefined) return;
    const traceIds = this.#nextIds();
    if (traceIds.length === 0) return;
    this.#isAsking = true;
    const age = this.#age;
    connection
      .request('costs.list', { traceIds })
      .then(
        ({ result }) => {
          this.#takePrices(result.prices);
          if (age === this.#age) this.#take(traceIds, result.costs);
        },
        (error: unknown) => {
          if (!(error instanceof RpcError)) throw error;
          if (error.code !== 'closed') this.#failure = error.message;
        },
      )
      .finally(() => {
        this.#isAsking = false;
        const hasMoved = this.#moved.size > 0;
        this.#moved.clear();
        this.#parts.onChange();
        if (hasMoved) this.#askLater();
        else this.#ask();
      });
  }

  #nextIds(): readonly string[] {
    const columns = this.#parts.columns();
    const ids: string[] = [];
    const add = (row: number): void => {
      const isThere = (columns.columns.idForm[row] ?? 0) !== 0;
      if (isThere && this.costs.stateOf(row) !== COST_IS.known) ids.push(columns.idAt(row));
    };
    for (const row of this.#inSight) add(row);
    if (ids.length > 0 || !this.#wantsAll) return ids.slice(0, MOST_IDS);
    for (let row = 0; row < columns.rows && ids.length < MOST_IDS; row++) add(row);
    return ids;
  }

  /** Whether what is known was made by others. */
  #takePrices(prices: string): boolean {
    if (prices === this.costs.prices) return false;
    this.costs.prices = prices;
    this.costs.markAllStale();
    return true;
  }

  #take(traceIds: readonly string[], costs: readonly (TraceCost | null)[]): void {
    const columns = this.#parts.columns();
    traceIds.forEach((id, i) => {
      const row = columns.rowOf(id);
      if (row === undefined) return;
      const cost = costs[i];
      const unpriced = cost?.unpriced.reduce((sum, { calls }) => sum + calls, 0) ?? 0;
      this.costs.write(row, cost?.usd ?? Number.NaN, unpriced, this.#moved.has(id));
    });
  }
}
