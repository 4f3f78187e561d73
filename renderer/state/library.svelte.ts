/**
 * The library as the page shows it: what the address asks for, and of the answer the rows in sight. The rest
 * stays in the store worker, which the host feeds by a line of its own.
 */
import { parseQuery, type ParsedQuery } from '../../core/query/parse-query.ts';
import { ALL, type QueryClock, type QueryNode } from '../../core/query/query-tree.ts';
import type { QueryValue } from '../../core/rpc/query.ts';
import type { Facet, FacetRequest, LibraryFigures, LibraryQuery } from '../../core/store/library-query.ts';
import type { FromFeeding } from '../store/feeding-messages.ts';
import type {
  FromStore,
  HostAsking,
  IdsOf,
  RowsView,
  SelectChoice,
  ShownTrace,
  ValuesOf,
} from '../store/store-messages.ts';
import { readLocalClock } from '../store/local-clock.ts';
import { readLibraryAddress, writeLibraryAddress, type LibraryAddress } from './library-address.ts';
import type { StorePort } from './store-port.ts';

export type { HostAsking, SelectChoice, ShownTrace, ValuesOf } from '../store/store-messages.ts';

const FOLDED: FacetRequest = { most: 6, find: '' };
const NO_ROWS: RowsView = { from: 0, rows: [], length: 0, waiting: 0, selected: 0, cursor: undefined };

export class Library {
  figures: LibraryFigures | undefined = $state.raw();
  rows: RowsView = $state.raw(NO_ROWS);
  /** False until the first snapshot is whole. */
  complete = $state(false);
  sampleTraces = $state(0);
  /** Why the worker ended; undefined while it works. */
  failure: string | undefined = $state();
  address: LibraryAddress = $state.raw(readLibraryAddress(''));
  /** What the text of the query means, or what is wrong with it. */
  parsed: ParsedQuery = $derived(parseQuery(this.address.query));
  /** What the list shows: while the text has a fault, what it meant before. */
  tree: QueryNode = $state.raw(ALL);
  /** What the host is still asked; undefined where all is answered. */
  asking: HostAsking | undefined = $state.raw();
  /** How much is shown of each facet. */
  facets: Readonly<Record<Facet, FacetRequest>> = $state.raw({
    status: FOLDED,
    workflow: FOLDED,
    agent: FOLDED,
    model: FOLDED,
    origin: FOLDED,
  });
  #bins = 100;
  #showsCosts = false;
  readonly #port: StorePort;
  /** A question is on its way; only the newest of those that come meanwhile is asked. */
  #asked = false;
  #next: LibraryQuery | undefined;
  #lastRequest = 0;
  #valueRequests: readonly {
    readonly request: number;
    readonly take: (values: readonly QueryValue[]) => void;
  }[] = [];
  #idRequests: readonly { readonly request: number; readonly take: (ids: readonly string[]) => void }[] = [];

  constructor(port: StorePort) {
    this.#port = port;
    port.onFailure((reason) => {
      this.failure = reason;
    });
    port.onMessage((message) => {
      this.#take(message);
    });
    this.#ask();
  }

  /** Traces in the library, whatever is filtered. */
  get total(): number {
    return this.figures?.total ?? 0;
  }

  /** The address's part behind `#/?`. */
  get link(): string {
    return writeLibraryAddress(this.address);
  }

  /** Something is asked for: the list may be a part of the library. */
  get isFiltered(): boolean {
    return this.tree.kind !== 'all';
  }

  /** By which times of the query are read. */
  clock(): QueryClock {
    return readLocalClock();
  }

  /** The row at a place of the list; undefined while it is fetched. */
  rowAt(index: number): ShownTrace | undefined {
    return this.rows.rows[index - this.rows.from];
  }

  /** Shows what an address asks for. */
  show(query: string): void {
    const address = readLibraryAddress(query);
    if (writeLibraryAddress(address) === this.link) return;
    this.address = address;
    if (this.parsed.kind === 'query') this.tree = this.parsed.tree;
    this.#ask();
  }

  unfold(facet: Facet, request: FacetRequest): void {
    this.facets = { ...this.facets, [facet]: request };
    this.#ask();
  }

  fold(facet: Facet): void {
    this.unfold(facet, FOLDED);
  }

  /** How many bins of time there is room for. */
  setBins(bins: number): void {
    if (bins === this.#bins) return;
    this.#bins = bins;
    this.#ask();
  }

  /** Says which rows are needed. */
  look(from: number, to: number): void {
    this.#port.send({ kind: 'window', from, to });
  }

  /** While held, rows stay where they are and new ones wait. */
  hold(held: boolean): void {
    this.#port.send({ kind: 'hold', held });
  }

  move(by: number): void {
    this.#port.send({ kind: 'move', by });
  }

  pointAt(index: number): void {
    this.#port.send({ kind: 'point', index });
  }

  select(choice: SelectChoice): void {
    this.#port.send({ kind: 'select', choice });
  }

  /** The ids of all chosen traces, in the order of the list. */
  selectedIds(): Promise<readonly string[]> {
    return this.#idsOf('chosen');
  }

  /** The trace the keys stand on, after every step that was asked for; undefined where there is none. */
  async cursorId(): Promise<string | undefined> {
    const [id] = await this.#idsOf('cursor');
    return id;
  }

  /** Values of a field that there are, the most frequent first. */
  valuesOf(of: ValuesOf): Promise<readonly QueryValue[]> {
    const request = ++this.#lastRequest;
    this.#port.send({ kind: 'values', request, of });
    return new Promise((take) => {
      this.#valueRequests = [...this.#valueRequests, { request, take }];
    });
  }

  #idsOf(of: IdsOf): Promise<readonly string[]> {
    const request = ++this.#lastRequest;
    this.#port.send({ kind: 'ids', request, of });
    return new Promise((take) => {
      this.#idRequests = [...this.#idRequests, { request, take }];
    });
  }

  #ask(): void {
    const { sort, columns } = this.address;
    this.#showsCosts = columns.includes('cost');
    const query = { tree: this.tree, sort, facets: this.facets, bins: this.#bins };
    if (this.#asked) {
      this.#next = query;
      return;
    }
    this.#asked = true;
    this.#port.send({ kind: 'ask', query, showsCosts: this.#showsCosts });
  }

  #take(message: FromStore | FromFeeding): void {
    switch (message.kind) {
      case 'view': {
        const { view } = message;
        this.figures = view.figures;
        this.rows = keepEqual(this.rows, view.rows);
        this.complete = view.complete;
        this.sampleTraces = view.sampleTraces;
        this.asking = view.asking;
        const next = this.#next;
        this.#next = undefined;
        this.#asked = next !== undefined;
        if (next !== undefined) this.#port.send({ kind: 'ask', query: next, showsCosts: this.#showsCosts });
        break;
      }
      case 'rows':
        this.rows = keepEqual(this.rows, message.rows);
        break;
      case 'ids':
        this.#idRequests.find(({ request }) => request === message.request)?.take(message.ids);
        this.#idRequests = this.#idRequests.filter(({ request }) => request !== message.request);
        break;
      case 'values':
        this.#valueRequests.find(({ request }) => request === message.request)?.take(message.values);
        this.#valueRequests = this.#valueRequests.filter(({ request }) => request !== message.request);
        break;
      default:
      // The rest is for the feeding of the library.
    }
  }
}

/** The rows as they come, but with the object of each that was there and is the same: only others are drawn. */
function keepEqual(before: RowsView, now: RowsView): RowsView {
  const shift = now.from - before.from;
  const rows = now.rows.map((row, i) => {
    const old = before.rows[i + shift];
    return old !== undefined && isSame(old, row) ? old : row;
  });
  return { ...now, rows };
}

function isSame(a: ShownTrace, b: ShownTrace): boolean {
  return (
    a.id === b.id &&
    a.selected === b.selected &&
    a.status === b.status &&
    a.durationMs === b.durationMs &&
    JSON.stringify(a) === JSON.stringify(b)
  );
}
