/**
 * The library as the page looks at it: one question at a time, its order, the window, the cursor and the
 * choice. What changes is gathered; what is asked is answered at once.
 */
import { at } from '../../core/model/assert.ts';
import { asksCost, hostParts } from '../../core/query/host-parts.ts';
import { ALL, type QueryClock } from '../../core/query/query-tree.ts';
import { NEWEST_FIRST, type LibraryFigures, type LibraryQuery } from '../../core/store/library-query.ts';
import { countFieldValues } from '../../core/store/field-values.ts';
import { queryLibrary } from '../../core/store/query-library.ts';
import type { SummaryColumns } from '../../core/store/summary-columns.ts';
import type { FreedRows } from './columns-list.ts';
import { HeldOrder } from './held-order.ts';
import type { CostAsking } from './cost-asking.ts';
import type { HostAnswers } from './host-answers.ts';
import { RowSelection } from './row-selection.ts';
import type { FromStore, IdsOf, RowsView, SelectChoice, ToStore, ValuesOf } from './store-messages.ts';

export interface LibraryShelfParts {
  /** The columns as they are now. */
  readonly columns: () => SummaryColumns;
  readonly isComplete: () => boolean;
  readonly send: (message: FromStore) => void;
  /** Calls back later; a few times a second is enough to look live. */
  readonly later: (run: () => void, delayMs: number) => void;
  readonly nowMs: () => number;
  /** For times in queries. */
  readonly clock: () => QueryClock;
  /** What the columns cannot answer. */
  readonly host: Pick<HostAnswers, 'want' | 'answerOf' | 'asking' | 'valuesOf'>;
  /** What each trace costs, as far as it was asked for. */
  readonly prices: Pick<CostAsking, 'want' | 'costs' | 'asking'>;
  /** Traces from here are counted for the connect page. */
  readonly sampleOrigin: string;
}

const GATHER_MS = 80;
/** A library that takes long to look through is looked through less often: the worker has other work. */
const REST_SHARE = 3;

const FACET_REQUEST = { most: 0, find: '' };
const FIRST_QUERY: LibraryQuery = {
  tree: ALL,
  sort: NEWEST_FIRST,
  facets: {
    status: FACET_REQUEST,
    workflow: FACET_REQUEST,
    agent: FACET_REQUEST,
    model: FACET_REQUEST,
    origin: FACET_REQUEST,
  },
  bins: 1,
};

export class LibraryShelf {
  readonly #parts: LibraryShelfParts;
  readonly #order = new HeldOrder();
  readonly #selection = new RowSelection();
  #query = FIRST_QUERY;
  #figures: LibraryFigures | undefined;
  #window = { from: 0, to: 60 };
  /** An id, not a row: the row may get another trace. */
  #cursor: string | undefined;
  #showsCosts = false;
  #isWaiting = false;
  #tookMs = 0;

  constructor(parts: LibraryShelfParts) {
    this.#parts = parts;
  }

  /** Something in the columns, or their completeness, has changed. */
  changed(freed: FreedRows): void {
    if (freed === 'all') {
      this.#order.clear();
      this.#selection.clear();
    } else {
      this.#order.free(freed);
      this.#selection.free(freed);
    }
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#parts.later(
      () => {
        this.#isWaiting = false;
        this.#answer(false);
      },
      Math.max(GATHER_MS, this.#tookMs * REST_SHARE),
    );
  }

  /** Answers what the page says. */
  hear(message: ToStore): void {
    switch (message.kind) {
      case 'ask':
        this.#showsCosts = message.showsCosts === true;
        this.#ask(message.query);
        break;
      case 'window':
        this.#window = { from: message.from, to: message.to };
        this.#sendRows();
        break;
      case 'hold':
        this.#hold(message.held);
        break;
      case 'move':
        this.#move(message.by);
        break;
      case 'point':
        this.#pointAt(message.index);
        this.#sendRows();
        break;
      case 'select':
        this.#select(message.choice);
        this.#sendRows();
        break;
      case 'ids':
        this.#parts.send({ kind: 'ids', request: message.request, ids: this.#idsOf(message.of) });
        break;
      case 'values':
        void this.#tellValues(message.request, message.of);
        break;
    }
  }

  #ask(query: LibraryQuery): void {
    // What one no longer sees should not be exported or deleted with the rest.
    const isOther = JSON.stringify(query.tree) !== JSON.stringify(this.#query.tree);
    if (isOther) this.#selection.clear();
    const moves = isOther || JSON.stringify(query.sort) !== JSON.stringify(this.#query.sort);
    this.#query = query;
    if (isOther) this.#parts.host.want(hostParts(query.tree));
    this.#answer(moves);
  }

  #hold(held: boolean): void {
    if (held === this.#order.held) return;
    this.#order.hold(held);
    if (!held && this.#figures !== undefined) this.#answer(true);
  }

  #answer(asked: boolean): void {
    const startedMs = this.#parts.nowMs();
    const { figures, order } = queryLibrary(this.#parts.columns(), this.#query, {
      clock: this.#parts.clock(),
      answerOf: (part) => this.#parts.host.answerOf(part),
      costs: this.#parts.prices.costs,
    });
    this.#figures = figures;
    this.#order.take(order, asked);
    this.#tookMs = this.#parts.nowMs() - startedMs;
    this.#parts.send({
      kind: 'view',
      view: {
        figures,
        complete: this.#parts.isComplete(),
        sampleTraces: countOrigin(this.#parts.columns(), this.#parts.sampleOrigin),
        rows: this.#rowsView(),
        asking: this.#parts.host.asking ?? this.#parts.prices.asking,
      },
    });
  }

  #sendRows(): void {
    this.#parts.send({ kind: 'rows', rows: this.#rowsView() });
  }

  #rowsView(): RowsView {
    const columns = this.#parts.columns();
    const { rows: order } = this.#order;
    const from = Math.min(Math.max(0, this.#window.from), order.length);
    const shown = order.subarray(from, Math.max(from, this.#window.to));
    const cursor = this.#cursorIndex();
    const { costs } = this.#parts.prices;
    this.#wantCosts(shown);
    return {
      from,
      rows: Array.from(shown, (row) => ({
        ...columns.read(row),
        selected: this.#selection.has(row),
        cost: costs.read(row),
      })),
      length: order.length,
      waiting: this.#order.waiting,
      selected: this.#selection.count,
      cursor: cursor < 0 || this.#cursor === undefined ? undefined : { index: cursor, id: this.#cursor },
    };
  }

  /** Those in sight where they are shown, and all where the question is about cost. */
  #wantCosts(shown: Uint32Array): void {
    const { tree, sort } = this.#query;
    const isAsked = sort.by === 'cost' || asksCost(tree);
    this.#parts.prices.want(this.#showsCosts ? [...shown] : [], isAsked);
  }

  #cursorIndex(): number {
    if (this.#cursor === undefined) return -1;
    const row = this.#parts.columns().rowOf(this.#cursor);
    return row === undefined ? -1 : this.#order.rows.indexOf(row);
  }

  #move(by: number): void {
    const last = this.#order.rows.length - 1;
    const index = this.#cursorIndex();
    // From nowhere, the first step down leads to the first row.
    const next = index < 0 && by > 0 ? by - 1 : index + by;
    this.#pointAt(Math.min(Math.max(next, 0), last));
    this.#sendRows();
  }

  #pointAt(index: number): void {
    const row = this.#order.rows[index];
    this.#cursor = row === undefined ? undefined : this.#parts.columns().idAt(row);
  }

  #select(choice: SelectChoice): void {
    if (choice.kind === 'all' || choice.kind === 'none') {
      this.#selection.choose(choice, this.#order.rows);
      return;
    }
    const index = choice.index ?? this.#cursorIndex();
    if (index >= 0) this.#selection.choose({ ...choice, index }, this.#order.rows);
  }

  async #tellValues(request: number, of: ValuesOf): Promise<void> {
    const here = countFieldValues(this.#parts.columns(), of.field, of.find, of.most);
    const values = here ?? (await this.#parts.host.valuesOf(of));
    this.#parts.send({ kind: 'values', request, values });
  }

  #idsOf(of: IdsOf): readonly string[] {
    if (of === 'cursor') return this.#cursorIndex() < 0 || this.#cursor === undefined ? [] : [this.#cursor];
    const columns = this.#parts.columns();
    const chosen = this.#order.rows.filter((row) => this.#selection.has(row));
    return Array.from(chosen, (row) => columns.idAt(row));
  }
}

function countOrigin({ columns, lists, names, rows }: SummaryColumns, origin: string): number {
  const code = names.find(origin);
  if (code === undefined) return 0;
  const has = Uint8Array.from(lists.all(), (codes) => Number(codes.includes(code)));
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (columns.idForm[row] !== 0) count += has[at(columns.origins, row)] ?? 0;
  }
  return count;
}
