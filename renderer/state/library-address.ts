/** Filter, order and columns of the library as the part of the address behind `#/?`, so that each has a link. */
import { readIsoUs, writeIsoUs } from '../../core/model/time.ts';
import {
  FACETS,
  NEWEST_FIRST,
  NO_FILTER,
  SORT_COLUMNS,
  type LibraryFilter,
  type LibrarySort,
} from '../../core/store/library-query.ts';

/** What the list can show beside status and workflow, in the order it shows them. */
export const LIST_COLUMNS = [
  'agents',
  'started',
  'duration',
  'spans',
  'tokens',
  'errors',
  'models',
  'group',
  'origins',
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];
export const FIRST_COLUMNS: readonly ListColumn[] = LIST_COLUMNS.slice(0, 6);

export interface LibraryAddress {
  readonly filter: LibraryFilter;
  readonly sort: LibrarySort;
  readonly columns: readonly ListColumn[];
}

export const FIRST_ADDRESS: LibraryAddress = {
  filter: NO_FILTER,
  sort: NEWEST_FIRST,
  columns: FIRST_COLUMNS,
};

/** Anybody may type an address: what has no meaning is as if it were not there. */
export function readLibraryAddress(query: string): LibraryAddress {
  const params = new URLSearchParams(query);
  const time = (name: string): number | undefined => {
    const us = readIsoUs(params.get(name) ?? '');
    return Number.isNaN(us) ? undefined : us;
  };
  const errors = Number(params.get('errors') ?? '0');
  const columns = params.get('columns')?.split(',');
  return {
    filter: {
      status: params.getAll('status'),
      workflow: params.getAll('workflow'),
      agent: params.getAll('agent'),
      model: params.getAll('model'),
      origin: params.getAll('source'),
      text: params.get('q') ?? '',
      fromUs: time('from'),
      toUs: time('to'),
      minErrors: Number.isSafeInteger(errors) && errors > 0 ? errors : 0,
    },
    sort: readSort(params.get('sort')),
    columns: columns === undefined ? FIRST_COLUMNS : LIST_COLUMNS.filter((name) => columns.includes(name)),
  };
}

/** Without the question mark; empty for the list as it first is. */
export function writeLibraryAddress({ filter, sort, columns }: LibraryAddress): string {
  const params = new URLSearchParams();
  if (filter.text !== '') params.set('q', filter.text);
  for (const facet of FACETS) {
    for (const value of filter[facet]) params.append(facet === 'origin' ? 'source' : facet, value);
  }
  if (filter.fromUs !== undefined) params.set('from', writeIsoUs(filter.fromUs));
  if (filter.toUs !== undefined) params.set('to', writeIsoUs(filter.toUs));
  if (filter.minErrors > 0) params.set('errors', String(filter.minErrors));
  if (sort.by !== NEWEST_FIRST.by || sort.descending !== NEWEST_FIRST.descending) {
    params.set('sort', `${sort.descending ? '-' : ''}${sort.by}`);
  }
  if (columns.join() !== FIRST_COLUMNS.join()) params.set('columns', columns.join());
  return params.toString();
}

/** `duration`, or `-duration` for the longest first. */
function readSort(text: string | null): LibrarySort {
  const by = SORT_COLUMNS.find((column) => column === text?.replace(/^-/, ''));
  return by === undefined ? NEWEST_FIRST : { by, descending: text?.startsWith('-') === true };
}
