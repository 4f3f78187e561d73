/** What the values of each facet would bring, under all other conditions. */
import { at } from '../model/assert.ts';
import { chosenValues } from '../query/edit-query.ts';
import { CONDITION } from './filter-rows.ts';
import {
  FACET_FIELD,
  type Facet,
  type FacetRequest,
  type FacetValues,
  type LibraryQuery,
} from './library-query.ts';
import { STATUS_CODES } from './summary-column-types.ts';
import type { SummaryColumns } from './summary-columns.ts';

export function countFacets(
  traces: SummaryColumns,
  failed: Uint8Array,
  query: Pick<LibraryQuery, 'facets' | 'tree'>,
): Readonly<Record<Facet, FacetValues>> {
  const count = (facet: Facet): FacetValues => {
    const { here, all } = countValues(traces, failed, facet);
    return chooseValues(here, all, query.facets[facet], chosenValues(query.tree, FACET_FIELD[facet]));
  };
  return {
    status: count('status'),
    workflow: count('workflow'),
    agent: count('agent'),
    model: count('model'),
    origin: count('origin'),
  };
}

interface Counts {
  readonly here: ReadonlyMap<string, number>;
  /** Over the whole library. */
  readonly all: ReadonlyMap<string, number>;
}

function countValues(traces: SummaryColumns, failed: Uint8Array, facet: Facet): Counts {
  const { columns, names, lists } = traces;
  switch (facet) {
    case 'status': {
      const counts = countCodes(traces, failed, CONDITION.status, columns.status, STATUS_CODES.length);
      return spread(counts, (code) => [at(STATUS_CODES, code)]);
    }
    case 'workflow': {
      const counts = countCodes(traces, failed, CONDITION.workflow, columns.workflow, names.size);
      return spread(counts, (code) => [names.at(code) ?? '']);
    }
    case 'agent':
    case 'model':
    case 'origin': {
      const column =
        facet === 'agent' ? columns.agents : facet === 'model' ? columns.models : columns.origins;
      const counts = countCodes(traces, failed, CONDITION[facet], column, lists.size);
      return spread(counts, (list) => lists.texts(list));
    }
  }
}

interface CodeCounts {
  readonly here: Uint32Array;
  readonly all: Uint32Array;
}

function countCodes(
  { columns, rows }: SummaryColumns,
  failed: Uint8Array,
  own: number,
  column: ArrayLike<number>,
  codes: number,
): CodeCounts {
  const here = new Uint32Array(codes);
  const all = new Uint32Array(codes);
  const others = 0xff & ~own;
  for (let row = 0; row < rows; row++) {
    if (columns.idForm[row] === 0) continue;
    const code = column[row] ?? 0;
    all[code] = (all[code] ?? 0) + 1;
    if (((failed[row] ?? 0) & others) === 0) here[code] = (here[code] ?? 0) + 1;
  }
  return { here, all };
}

/** Counts of codes as counts of the values that each stands for. */
function spread({ here, all }: CodeCounts, valuesOf: (code: number) => readonly string[]): Counts {
  const counts = { here: new Map<string, number>(), all: new Map<string, number>() };
  for (let code = 0; code < all.length; code++) {
    if (all[code] === 0) continue;
    for (const value of new Set(valuesOf(code))) {
      counts.all.set(value, (counts.all.get(value) ?? 0) + (all[code] ?? 0));
      counts.here.set(value, (counts.here.get(value) ?? 0) + (here[code] ?? 0));
    }
  }
  return counts;
}

/** The values to tell: chosen ones always, also where no trace has them any more. */
function chooseValues(
  here: ReadonlyMap<string, number>,
  all: ReadonlyMap<string, number>,
  { most, find }: FacetRequest,
  chosen: readonly string[],
): FacetValues {
  const wanted = find.trim().toLowerCase();
  const lower = new Set(chosen.map((value) => value.toLowerCase()));
  const isChosen = (value: string): boolean => lower.has(value.toLowerCase());
  const there = new Set([...all.keys()].filter(isChosen).map((value) => value.toLowerCase()));
  const absent = chosen.filter((value) => !there.has(value.toLowerCase()));
  const values = [...new Set([...all.keys(), ...absent])]
    .filter((value) => wanted === '' || value.toLowerCase().includes(wanted))
    .map((value) => ({ value, count: here.get(value) ?? 0, all: all.get(value) ?? 0 }))
    .sort((a, b) => b.all - a.all || (a.value < b.value ? -1 : 1));
  const told = values.filter(({ value }, i) => i < most || isChosen(value));
  return {
    values: told.map(({ value, count }) => ({ value, count })),
    found: values.length,
    distinct: all.size,
  };
}
