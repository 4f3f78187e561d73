/** Query, order and columns of the library as the part of the address behind `#/?`, so that each has a link. */
import { ALL, type QueryNode } from '../../core/query/query-tree.ts';
import { writeQuery } from '../../core/query/write-query.ts';
import { NEWEST_FIRST, SORT_COLUMNS, type LibrarySort } from '../../core/store/library-query.ts';
import { readOldFilter } from './old-filter.ts';

/** What the list can show beside status and workflow, in the order it shows them. */
export const LIST_COLUMNS = [
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
export type ListColumn = (typeof LIST_COLUMNS)[number];
export const FIRST_COLUMNS: readonly ListColumn[] = LIST_COLUMNS.slice(0, 7);

export interface LibraryAddress {
  /** As it was typed, also where it is none yet. */
  readonly query: string;
  readonly sort: LibrarySort;
  readonly columns: readonly ListColumn[];
  /** What is looked for in all that spans hold; empty for nothing. */
  readonly words: string;
}

export const FIRST_ADDRESS: LibraryAddress = {
  query: '',
  sort: NEWEST_FIRST,
  columns: FIRST_COLUMNS,
  words: '',
};

/** Anybody may type an address: what has no meaning is as if it were not there. */
export function readLibraryAddress(address: string): LibraryAddress {
  const params = new URLSearchParams(address);
  const columns = params.get('columns')?.split(',');
  const written = params.get('query') ?? '';
  // Links and saved views of older versions said each condition by itself.
  const old = writeQuery(readOldFilter(params));
  return {
    query: written === '' ? old : written,
    sort: readSort(params.get('sort')),
    columns: columns === undefined ? FIRST_COLUMNS : LIST_COLUMNS.filter((name) => columns.includes(name)),
    words: params.get('words') ?? '',
  };
}

/** Without the question mark; empty for the list as it first is. */
export function writeLibraryAddress({ query, sort, columns, words }: LibraryAddress): string {
  const params = new URLSearchParams();
  if (query.trim() !== '') params.set('query', query);
  if (sort.by !== NEWEST_FIRST.by || sort.descending !== NEWEST_FIRST.descending) {
    params.set('sort', `${sort.descending ? '-' : ''}${sort.by}`);
  }
  if (columns.join() !== FIRST_COLUMNS.join()) params.set('columns', columns.join());
  if (words.trim() !== '') params.set('words', words);
  return params.toString();
}

/** A link to the traces of a query, as the part behind `#/?`. */
export function addressOfQuery(tree: QueryNode = ALL): string {
  return writeLibraryAddress({ ...FIRST_ADDRESS, query: writeQuery(tree) });
}

/** `duration`, or `-duration` for the longest first. */
function readSort(text: string | null): LibrarySort {
  const by = SORT_COLUMNS.find((column) => column === text?.replace(/^-/, ''));
  return by === undefined ? NEWEST_FIRST : { by, descending: text?.startsWith('-') === true };
}
