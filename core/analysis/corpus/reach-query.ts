/** Writes the query that selects the traces behind a figure: that of the whole, and one condition more. */
import { parseQuery } from '../../query/parse-query.ts';
import { ALL, type QueryNode } from '../../query/query-tree.ts';
import { writeQuery } from '../../query/write-query.ts';

type Field = Extract<QueryNode, { kind: 'field' }>['field'];

export class ReachQueries {
  readonly #base: QueryNode;

  /** `base`: what was asked; a text that is no query selects nothing to begin with. */
  constructor(base: string) {
    const parsed = parseQuery(base);
    this.#base = parsed.kind === 'query' ? parsed.tree : ALL;
  }

  /** All traces. */
  all(): string {
    return writeQuery(this.#base);
  }

  /** Those in which a field has a value. */
  field(field: Field, value: string): string {
    return this.#and(isText(field, value));
  }

  /** Those whose metadata say so. */
  groupOrMetadata(key: string, value: string): string {
    const own = isText('group', value);
    return this.#and(key === '' ? own : { kind: 'or', parts: [own, isText('metadata', value, key)] });
  }

  handoff(from: string, to: string): string {
    const test = { kind: 'handoff', from: [from], to: [to] } as const;
    return this.#and({ kind: 'field', field: 'handoff', key: '', tests: [test] });
  }

  /** Those with a span in which each field has its value. */
  span(fields: Readonly<Partial<Record<Field, string>>>): string {
    const parts = Object.entries(fields).map(([field, value]) => isText(field as Field, value));
    const [only] = parts;
    const part = parts.length === 1 && only !== undefined ? only : ({ kind: 'and', parts } as const);
    return this.#and({ kind: 'span', part });
  }

  /** Those with a span of a kind that fails with these words, or, where they are empty, without any. */
  errorClass(kind: string, words: string): string {
    const isFailed = {
      kind: 'field',
      field: 'error',
      key: '',
      tests: [{ kind: 'truth', is: true }],
    } as const;
    const parts = [isText('kind', kind), isFailed, isText('error_class', words)];
    return this.#and({ kind: 'span', part: { kind: 'and', parts } }, isFailed);
  }

  /** Those that began on a day of the calendar where one is: `2026-09-23`. */
  day(day: string): string | null {
    const parsed = parseQuery(`started:${day}`);
    return parsed.kind === 'query' ? this.#and(parsed.tree) : null;
  }

  /** `first` narrows what the condition is looked for in. */
  #and(condition: QueryNode, first?: QueryNode): string {
    const base = this.#base;
    const own = first === undefined ? [condition] : [first, condition];
    const before = base.kind === 'all' ? [] : base.kind === 'and' ? base.parts : [base];
    const parts = [...before, ...own];
    return writeQuery(parts.length === 1 ? condition : { kind: 'and', parts });
  }
}

function isText(field: Field, value: string, key = ''): QueryNode {
  return { kind: 'field', field, key, tests: [{ kind: 'pattern', pattern: [value] }] };
}
