/** Which conditions each trace fails: one bit a condition, so that facets can leave out their own. */
import type { Facet, LibraryFilter } from './library-query.ts';
import { STATUS_CODES } from './summary-column-types.ts';
import type { SummaryColumns } from './summary-columns.ts';
import { TraceIdForm } from './trace-id-words.ts';

export const CONDITION: Readonly<Record<Facet | 'text' | 'time' | 'errors' | 'none', number>> = {
  status: 1,
  workflow: 2,
  agent: 4,
  model: 8,
  origin: 16,
  text: 32,
  time: 64,
  errors: 128,
  none: 0,
};

/** The bits of every row; those of rows without a trace say nothing. */
export function failedConditions(traces: SummaryColumns, filter: LibraryFilter): Uint8Array {
  const { columns, rows } = traces;
  const failed = new Uint8Array(rows);
  const failWhere = (condition: number, column: ArrayLike<number>, passes: Uint8Array): void => {
    for (let row = 0; row < rows; row++) {
      if (passes[column[row] ?? 0] === 0) failed[row] = (failed[row] ?? 0) | condition;
    }
  };
  if (filter.status.length > 0) {
    const passes = Uint8Array.from(STATUS_CODES, (status) => Number(filter.status.includes(status)));
    failWhere(CONDITION.status, columns.status, passes);
  }
  if (filter.workflow.length > 0) {
    failWhere(CONDITION.workflow, columns.workflow, namesAmong(traces, filter.workflow));
  }
  const lists = [
    ['agent', columns.agents],
    ['model', columns.models],
    ['origin', columns.origins],
  ] as const;
  for (const [facet, column] of lists) {
    if (filter[facet].length === 0) continue;
    failWhere(CONDITION[facet], column, listsWithAny(traces, namesAmong(traces, filter[facet])));
  }
  failByText(traces, filter.text, failed);
  const { fromUs = -Infinity, toUs = Infinity, minErrors } = filter;
  if (fromUs > -Infinity || toUs < Infinity) {
    for (let row = 0; row < rows; row++) {
      const startedUs = columns.startedUs[row] ?? 0;
      if (!(startedUs >= fromUs && startedUs < toUs)) failed[row] = (failed[row] ?? 0) | CONDITION.time;
    }
  }
  for (let row = 0; row < rows && minErrors > 0; row++) {
    if ((columns.errors[row] ?? 0) < minErrors) failed[row] = (failed[row] ?? 0) | CONDITION.errors;
  }
  return failed;
}

/** 1 at the code of each of the texts. */
function namesAmong({ names }: SummaryColumns, texts: readonly string[]): Uint8Array {
  const among = new Uint8Array(names.size);
  for (const text of texts) {
    const code = names.find(text);
    if (code !== undefined) among[code] = 1;
  }
  return among;
}

/** 1 at the number of each list with one of the names. */
function listsWithAny({ lists }: SummaryColumns, names: Uint8Array): Uint8Array {
  return Uint8Array.from(lists.all(), (codes) => Number(codes.some((code) => names[code] === 1)));
}

/** `trace_`, hex digits and the dashes of a UUID. */
const OF_PACKED_IDS = /^[-_0-9a-frt]+$/;

function failByText(traces: SummaryColumns, text: string, failed: Uint8Array): void {
  const { columns, rows, names, ids } = traces;
  for (const word of text.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const inNames = Uint8Array.from(names.texts(), (name) => Number(name.toLowerCase().includes(word)));
    const inLists = listsWithAny(traces, inNames);
    const inIds = Uint8Array.from(ids.texts(), (id) => Number(id.toLowerCase().includes(word)));
    const mayBeDigits = OF_PACKED_IDS.test(word);
    for (let row = 0; row < rows; row++) {
      if (((failed[row] ?? 0) & CONDITION.text) !== 0) continue;
      if (inNames[columns.workflow[row] ?? 0] === 1 || inLists[columns.agents[row] ?? 0] === 1) continue;
      if (inIds[columns.group[row] ?? 0] === 1) continue;
      if (columns.idForm[row] === TraceIdForm.text) {
        if (inIds[columns.idA[row] ?? 0] === 1) continue;
        // Writing out an id is the costly part: most words cannot stand in one.
      } else if (mayBeDigits && columns.idForm[row] !== TraceIdForm.none) {
        if (traces.idAt(row).includes(word)) continue;
      }
      failed[row] = (failed[row] ?? 0) | CONDITION.text;
    }
  }
}
