/** One question to the library, answered whole: the rows that pass in their order, and the figures beside them. */
import { countFacets } from './count-facets.ts';
import { CONDITION, failedConditions } from './filter-rows.ts';
import type { LibraryFigures, LibraryQuery } from './library-query.ts';
import type { MatchContext } from './match-rows.ts';
import { sortRows } from './sort-rows.ts';
import type { SummaryColumns } from './summary-columns.ts';
import { computeHistogram } from './time-histogram.ts';

export interface LibraryAnswer {
  readonly figures: LibraryFigures;
  /** Rows of the columns. */
  readonly order: Uint32Array;
}

export function queryLibrary(
  traces: SummaryColumns,
  query: LibraryQuery,
  context: MatchContext,
): LibraryAnswer {
  const failed = failedConditions(traces, query.tree, context);
  const passing = rowsThatPass(traces, failed);
  const { durationMs } = traces.columns;
  return {
    order: sortRows(traces, passing, query.sort, context.costs?.usd),
    figures: {
      total: traces.size,
      matching: passing.length,
      longestMs: passing.reduce((longest, row) => Math.max(longest, durationMs[row] ?? 0), 0),
      facets: countFacets(traces, failed, query),
      withErrors: countWithErrors(traces, failed),
      histogram: computeHistogram(traces, failed, query.bins),
    },
  };
}

function rowsThatPass({ columns, rows }: SummaryColumns, failed: Uint8Array): Uint32Array {
  const passing = new Uint32Array(rows);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    if (columns.idForm[row] !== 0 && failed[row] === 0) passing[length++] = row;
  }
  return passing.slice(0, length);
}

function countWithErrors({ columns, rows }: SummaryColumns, failed: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const passes = columns.idForm[row] !== 0 && ((failed[row] ?? 0) & ~CONDITION.errors) === 0;
    if (passes && columns.errors[row] !== 0) count++;
  }
  return count;
}
