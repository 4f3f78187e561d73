/** Facets and conditions in a person's words, and what of a filter is in force: the chips of the search field. */
import type { TraceStatus } from '../../../core/model/trace-summary.ts';
import { FACETS, NO_FILTER, type Facet, type LibraryFilter } from '../../../core/store/library-query.ts';
import { formatRange } from '../../format/clock.ts';
import { STATUS_LABEL } from '../../format/status.ts';

export const FACET_LABEL: Readonly<Record<Facet, string>> = {
  status: 'Status',
  workflow: 'Workflow',
  agent: 'Agent',
  model: 'Model',
  origin: 'Source',
};

export function facetValueLabel(facet: Facet, value: string): string {
  if (facet === 'status' && isStatus(value)) return STATUS_LABEL[value];
  return value === '' ? 'Unnamed' : value;
}

function isStatus(value: string): value is TraceStatus {
  return Object.hasOwn(STATUS_LABEL, value);
}

export interface FilterChip {
  readonly text: string;
  /** The filter without it. */
  readonly without: LibraryFilter;
}

/** In the order of the facets; the text is not among them, it stands in the field itself. */
export function filterChips(filter: LibraryFilter): readonly FilterChip[] {
  const chips: FilterChip[] = FACETS.flatMap((facet) =>
    filter[facet].map((value) => ({
      text: `${FACET_LABEL[facet].toLowerCase()}:${facetValueLabel(facet, value)}`,
      without: toggleValue(filter, facet, value),
    })),
  );
  const { fromUs, toUs, minErrors } = filter;
  if (fromUs !== undefined || toUs !== undefined) {
    const text =
      fromUs === undefined || toUs === undefined
        ? `${fromUs === undefined ? 'before' : 'since'} ${formatRange(fromUs ?? toUs ?? 0, fromUs ?? toUs ?? 0)}`
        : formatRange(fromUs, toUs);
    chips.push({ text, without: { ...filter, fromUs: undefined, toUs: undefined } });
  }
  if (minErrors > 0) {
    chips.push({ text: `errors≥${String(minErrors)}`, without: { ...filter, minErrors: 0 } });
  }
  return chips;
}

export function toggleValue(filter: LibraryFilter, facet: Facet, value: string): LibraryFilter {
  const chosen = filter[facet];
  const values = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { ...filter, [facet]: values };
}

export function isFiltered(filter: LibraryFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
}
