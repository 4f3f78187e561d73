/** What the table of fields says of each: its type, whom it is of, and who can answer it. */
/** `word`: one of a few. `metadata`: text, or a number where it is compared. */
export type FieldType =
  'text' | 'word' | 'truth' | 'count' | 'duration' | 'money' | 'time' | 'handoff' | 'metadata';

/**
 * Who can answer for a trace. `columns`: the list of the page, at once. `summary`: the host, from what it knows
 * of each trace. `spans`: the host, which looks at the spans. `costs`: the list, as far as the host has told it what
 * each trace costs. A search of contents would be a fourth.
 */
export type AnsweredBy = 'columns' | 'costs' | 'summary' | 'spans';

export interface QueryField {
  readonly name: string;
  /** Other words for it. */
  readonly aliases?: readonly string[];
  readonly type: FieldType;
  /** Undefined: no field of a trace. */
  readonly trace?: AnsweredBy;
  /** It can stand in `span(…)`. */
  readonly span?: true;
  /** One sentence for a person. */
  readonly says: string;
  readonly example: string;
  /** Of a `word`: those there are. */
  readonly words?: readonly string[];
  /** Words that mean one of them. */
  readonly wordAliases?: Readonly<Record<string, string>>;
}
