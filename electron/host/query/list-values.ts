/** The values of a field that the page's columns do not hold, with how many traces have each. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { isJsonObject, type JsonObject } from '../../../core/model/json.ts';
import { findField } from '../../../core/query/find-field.ts';
import { findAt } from '../../../core/query/match-metadata.ts';
import { isTextField, textsOf } from '../../../core/query/read-field.ts';
import type { QueryValue } from '../../../core/rpc/query.ts';
import { chooseValues } from '../../../core/store/field-values.ts';

/** `key` of metadata: the values behind it; empty: the keys. None for a field without values to choose from. */
export function listValues(
  summaries: readonly TraceSummary[],
  { field, key, find, most }: { field: string; key: string; find: string; most: number },
): readonly QueryValue[] {
  const readValues = valuesReader(field, key);
  const counts = new Map<string, number>();
  for (const summary of summaries) {
    for (const value of new Set(readValues?.(summary) ?? [])) {
      if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return chooseValues(counts, find, most);
}

function valuesReader(word: string, key: string): ((summary: TraceSummary) => readonly string[]) | undefined {
  const field = findField(word);
  if (field?.name === 'metadata') {
    return key === ''
      ? ({ metadata }) => keysOf(metadata)
      : ({ metadata }) => {
          const value = findAt(metadata, key);
          const isPlain =
            typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
          return isPlain ? [String(value)] : [];
        };
  }
  if (field?.name === 'handoff') {
    return ({ handoffs }) => handoffs.map(([from, to]) => `${from ?? ''}->${to ?? ''}`);
  }
  if (field?.trace === undefined || field.name === 'id' || !isTextField(field.name)) return undefined;
  const { name } = field;
  return (summary) => textsOf(summary, name);
}

/** Paths of what is no object, two steps deep. */
function keysOf(metadata: JsonObject): readonly string[] {
  return Object.entries(metadata).flatMap(([key, value]) =>
    isJsonObject(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
  );
}
