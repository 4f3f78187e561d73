/** What one asks the library for, and what it answers: which traces, in which order, and what there is to choose from. */
import type { DurationUs, EpochUs } from '../model/time.ts';
import type { FieldName } from '../query/query-fields.ts';
import type { QueryNode } from '../query/query-tree.ts';

/** What traces can be chosen by, value by value. */
export const FACETS = ['status', 'workflow', 'agent', 'model', 'origin'] as const;
export type Facet = (typeof FACETS)[number];

/** The field of a query that names the values of a facet. */
export const FACET_FIELD: Readonly<Record<Facet, FieldName>> = {
  status: 'status',
  workflow: 'workflow',
  agent: 'agent',
  model: 'model',
  origin: 'source',
};

export const SORT_COLUMNS = [
  'status',
  'workflow',
  'agents',
  'started',
  'duration',
  'spans',
  'tokens',
  'cost',
  'errors',
  'models',
  'group',
  'origins',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export interface LibrarySort {
  readonly by: SortColumn;
  readonly descending: boolean;
}

export const NEWEST_FIRST: LibrarySort = { by: 'started', descending: true };

/** How much of a facet's values to tell. */
export interface FacetRequest {
  readonly most: number;
  /** Only values with this in them; empty: all. */
  readonly find: string;
}

export interface LibraryQuery {
  /** Which traces. */
  readonly tree: QueryNode;
  readonly sort: LibrarySort;
  readonly facets: Readonly<Record<Facet, FacetRequest>>;
  /** At most so many bins of time. */
  readonly bins: number;
}

export interface FacetValue {
  readonly value: string;
  /** Traces that have it and pass all conditions but those of this facet. */
  readonly count: number;
}

export interface FacetValues {
  /** Those of most traces in the whole library first, so that no value moves while one filters. */
  readonly values: readonly FacetValue[];
  /** How many values match the request in all. */
  readonly found: number;
  /** How many there are. */
  readonly distinct: number;
}

/** Starts of traces by time, of those that pass all conditions but that of time. */
export interface TimeHistogram {
  readonly startUs: EpochUs;
  readonly stepUs: DurationUs;
  readonly counts: readonly number[];
  /** Traces with an error, or that failed, among them. */
  readonly failed: readonly number[];
  /** Traces that began by a clock that counts from nothing, such as profiles: no bar has them. */
  readonly clockless: number;
}

/** Everything of an answer but the rows. */
export interface LibraryFigures {
  /** Traces in the library. */
  readonly total: number;
  /** Traces that pass. */
  readonly matching: number;
  /** The longest of those that pass, for the length of bars. */
  readonly longestMs: number;
  readonly facets: Readonly<Record<Facet, FacetValues>>;
  /** Traces with an error that pass all conditions but that of errors. */
  readonly withErrors: number;
  readonly histogram: TimeHistogram | undefined;
}
