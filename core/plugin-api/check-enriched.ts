/** Judges the values that enrich gives to spans: of spans that are there, under names of the plugin's own. */
import { isJsonList, isJsonObject, type Json } from '../model/json.ts';
import { namespacesOf } from './check-permissions.ts';
import type { EnrichedSpans } from './hooks.ts';

/** How much a span may be given. */
export const VALUE_SIZES = { names: 50, name: 100, text: 1000 } as const;

export type CheckedValues =
  | { readonly kind: 'values'; readonly values: EnrichedSpans }
  | { readonly kind: 'fault'; readonly fault: string };

export function checkEnriched(
  value: Json,
  writes: readonly string[],
  hasSpan: (spanId: string) => boolean,
): CheckedValues {
  const fault = findFault(value, namespacesOf(writes), hasSpan);
  // Every pair was looked at.
  return fault === undefined
    ? { kind: 'values', values: value as unknown as EnrichedSpans }
    : { kind: 'fault', fault };
}

function findFault(
  value: Json,
  namespaces: readonly string[],
  hasSpan: (spanId: string) => boolean,
): string | undefined {
  if (!isJsonList(value)) return 'enrich is to answer with values for each span.';
  for (const pair of value) {
    const [spanId, values] = isJsonList(pair) ? pair : [];
    if (typeof spanId !== 'string' || !hasSpan(spanId))
      return 'enrich named a span that is not in the trace.';
    if (!isJsonObject(values)) return 'enrich is to give an object of values, or nothing.';
    const fault = findValueFault(values, namespaces);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findValueFault(
  values: Readonly<Record<string, Json>>,
  namespaces: readonly string[],
): string | undefined {
  const names = Object.keys(values);
  if (names.length > VALUE_SIZES.names) {
    return `enrich gave ${names.length} values to one span, and ${VALUE_SIZES.names} are allowed.`;
  }
  for (const [name, value] of Object.entries(values)) {
    const isOwn = namespaces.some((space) => name.startsWith(`${space}.`));
    if (!isOwn || name.length > VALUE_SIZES.name) {
      const own = namespaces.map((space) => `"${space}."`).join(' or ');
      return `enrich gave a value whose name does not begin with ${own}.`;
    }
    if (typeof value === 'object' && value !== null)
      return `enrich gave "${name}" a value that is no text, number or truth value.`;
    if (typeof value === 'string' && value.length > VALUE_SIZES.text) {
      return `enrich gave "${name}" a text of ${value.length} characters, and ${VALUE_SIZES.text} are allowed.`;
    }
  }
  return undefined;
}
