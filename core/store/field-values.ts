/** Which values of a field there are in the list, and how many traces have each. */
import type { FieldName } from '../query/query-fields.ts';
import type { QueryValue } from '../rpc/query.ts';
import type { SummaryColumns } from './summary-columns.ts';

/** Undefined where the columns do not hold the field. Those that begin with the text come first, then the most frequent. */
export function countFieldValues(
  traces: SummaryColumns,
  field: FieldName,
  find: string,
  most: number,
): readonly QueryValue[] | undefined {
  const { columns, names, ids, lists } = traces;
  switch (field) {
    case 'workflow':
      return choose(
        countCodes(traces, columns.workflow, names.size),
        (code) => [names.at(code) ?? ''],
        find,
        most,
      );
    case 'group':
      return choose(countCodes(traces, columns.group, ids.size), (code) => [ids.at(code) ?? ''], find, most);
    case 'agent':
    case 'model':
    case 'source':
    case 'format': {
      const column = {
        agent: columns.agents,
        model: columns.models,
        source: columns.origins,
        format: columns.sources,
      };
      const counts = countCodes(traces, column[field], lists.size);
      return choose(counts, (list) => lists.texts(list), find, most);
    }
    default:
      return undefined;
  }
}

function countCodes(
  { columns, rows }: SummaryColumns,
  column: ArrayLike<number>,
  codes: number,
): Uint32Array {
  const counts = new Uint32Array(codes);
  for (let row = 0; row < rows; row++) {
    const code = column[row] ?? 0;
    if (columns.idForm[row] !== 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

function choose(
  counts: Uint32Array,
  textsOf: (code: number) => readonly string[],
  find: string,
  most: number,
): readonly QueryValue[] {
  const byValue = new Map<string, number>();
  for (const [code, count] of counts.entries()) {
    if (count === 0) continue;
    for (const text of new Set(textsOf(code)))
      if (text !== '') byValue.set(text, (byValue.get(text) ?? 0) + count);
  }
  return chooseValues(byValue, find, most);
}

export function chooseValues(
  counts: ReadonlyMap<string, number>,
  find: string,
  most: number,
): readonly QueryValue[] {
  const wanted = find.toLowerCase();
  return [...counts]
    .map(([value, traces]) => ({ value, traces, at: value.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .sort(
      (a, b) => Number(a.at > 0) - Number(b.at > 0) || b.traces - a.traces || (a.value < b.value ? -1 : 1),
    )
    .slice(0, most)
    .map(({ value, traces }) => ({ value, traces }));
}
