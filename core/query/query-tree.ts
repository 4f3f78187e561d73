/** A query as a tree: conditions of traces or spans, joined by and, or and not. It knows no place in a text. */
import type { DurationUs, EpochUs } from '../model/time.ts';
import type { FieldName } from './query-fields.ts';

export type QueryNode =
  /** Everything: the empty query. */
  | { readonly kind: 'all' }
  /** Two parts or more. */
  | { readonly kind: 'and' | 'or'; readonly parts: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly part: QueryNode }
  | FieldCondition
  | TextCondition
  | SpanCondition;

/** Any of the tests will do. */
export interface FieldCondition {
  readonly kind: 'field';
  readonly field: FieldName;
  /** Of `metadata.<key>`; empty for every other field. */
  readonly key: string;
  readonly tests: readonly ValueTest[];
}

/** Stands somewhere in the names and ids of a trace, or in the name of a span. */
export interface TextCondition {
  readonly kind: 'text';
  readonly pattern: Pattern;
}

/** At least one span of the trace is like this. */
export interface SpanCondition {
  readonly kind: 'span';
  readonly part: QueryNode;
}

/** Pieces with anything between them: one piece is a text as it stands, `gpt-5*` is two. */
export type Pattern = readonly string[];

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

export type ValueTest =
  /** There is a value at all: `*`. */
  | { readonly kind: 'any' }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'truth'; readonly is: boolean }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: Quantity }
  /** Both ends belong to it. */
  | { readonly kind: 'range'; readonly from: Quantity; readonly to: Quantity }
  /** `*` is any agent, or none. */
  | { readonly kind: 'handoff'; readonly from: Pattern; readonly to: Pattern };

/** A number or a time, and how it was written: `10k` stays `10k`. */
export type Quantity =
  | { readonly kind: 'number'; readonly text: string; readonly amount: number }
  | { readonly kind: 'time'; readonly text: string; readonly time: TimeWord };

/** A time as one says it; what it means depends on now and on where one is (`QueryClock`). */
export type TimeWord =
  | { readonly kind: 'now' }
  | { readonly kind: 'ago'; readonly us: DurationUs }
  /** 0 is today, 1 is yesterday. */
  | { readonly kind: 'day'; readonly back: number }
  /** Of the calendar where one is; a day, a month or a year where less is said. */
  | { readonly kind: 'date'; readonly parts: readonly [year: number, month?: number, day?: number] }
  /** A time of day where one is: from here for as long as what was left out could be anything. */
  | {
      readonly kind: 'local';
      /** The same figures read as UTC. */
      readonly asUtcUs: EpochUs;
      readonly lengthUs: DurationUs;
    }
  | { readonly kind: 'instant'; readonly us: EpochUs; readonly lengthUs: DurationUs };

/** A time and place to read time words by: core has neither. */
export interface QueryClock {
  readonly nowUs: EpochUs;
  /** Local time minus UTC at a time. */
  zoneOffsetUs(us: EpochUs): DurationUs;
}

export const ALL: QueryNode = { kind: 'all' };
