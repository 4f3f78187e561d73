/** What the thread that draws and the worker that holds the library say to each other. */
import type { FieldName } from '../../core/query/query-fields.ts';
import type { QueryValue } from '../../core/rpc/query.ts';
import type { LibraryFigures, LibraryQuery } from '../../core/store/library-query.ts';
import type { ListedCost } from '../../core/store/row-costs.ts';
import type { ListedTrace } from '../../core/store/listed-trace.ts';

export type ToStore =
  /** `showsCosts`: the rows in sight are to tell theirs. */
  | { readonly kind: 'ask'; readonly query: LibraryQuery; readonly showsCosts?: boolean }
  /** Rows of the list that are in sight, or near it. */
  | { readonly kind: 'window'; readonly from: number; readonly to: number }
  /** Held: rows stay in their places and new ones wait, since somebody looks at them or points at one. */
  | { readonly kind: 'hold'; readonly held: boolean }
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'point'; readonly index: number }
  | { readonly kind: 'select'; readonly choice: SelectChoice }
  | { readonly kind: 'ids'; readonly request: number; readonly of: IdsOf }
  | { readonly kind: 'values'; readonly request: number; readonly of: ValuesOf };

/** Values of a field of the query that there are, to complete what is typed. */
export interface ValuesOf {
  readonly field: FieldName;
  /** Of metadata; empty: its keys. */
  readonly key: string;
  readonly find: string;
  readonly most: number;
}

/** Of the chosen traces, or of the one the keys stand on. */
export type IdsOf = 'chosen' | 'cursor';

/** A range goes from the row that was chosen last. */
export type PlacedChoice =
  | { readonly kind: 'toggle' | 'range'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' };

/** Without an index: at the row the keys stand on, which a step on its way may still move. */
export type SelectChoice = PlacedChoice | { readonly kind: 'toggle' | 'range'; readonly index?: undefined };

export type FromStore =
  | { readonly kind: 'view'; readonly view: LibraryView }
  | { readonly kind: 'rows'; readonly rows: RowsView }
  /** In the order of the list. */
  | { readonly kind: 'ids'; readonly request: number; readonly ids: readonly string[] }
  | { readonly kind: 'values'; readonly request: number; readonly values: readonly QueryValue[] };

/** The list as of one version, with the rows of the window. */
export interface LibraryView {
  readonly figures: LibraryFigures;
  /** False until the whole library is known. */
  readonly complete: boolean;
  /** Traces of the sample in the library. */
  readonly sampleTraces: number;
  readonly rows: RowsView;
  /** Parts of the query that the host still answers. */
  readonly asking: HostAsking | undefined;
}

/** What the columns here cannot answer, and how far the host has come with it. */
export interface HostAsking {
  /** Traces looked at, and to look at; the same where the host is away. */
  readonly done: number;
  readonly total: number;
  /** False: the host is away, and what is shown waits for it. */
  readonly isOnline: boolean;
  /** What is wrong, where the host would not answer. */
  readonly failure: string | undefined;
}

export interface RowsView {
  readonly from: number;
  readonly rows: readonly ShownTrace[];
  /** Rows of the list, in and out of sight. */
  readonly length: number;
  /** Traces that match and are not in the list yet, since it is held. */
  readonly waiting: number;
  /** Chosen traces. */
  readonly selected: number;
  /** Where the keys stand; undefined where they stand on no row of the list. */
  readonly cursor: { readonly index: number; readonly id: string } | undefined;
}

export interface ShownTrace extends ListedTrace {
  readonly selected: boolean;
  /** Undefined until the host has told it. */
  readonly cost: ListedCost | undefined;
}
