/** What went into a span and what came out, from its record: the field has other names in other kinds. */
import { objectAt, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';

export interface SpanContent {
  readonly input?: Json;
  readonly output?: Json;
  readonly errorMessage?: string;
}

/** Of a merged record, which nobody has checked. */
export function readSpanContent(record: JsonObject): SpanContent {
  const data = objectAt(record, 'span_data') ?? {};
  const response = objectAt(data, 'response') ?? objectAt(data, '_response') ?? {};
  const input = firstOf(data, ['input', '_input', 'input_items']);
  const output = firstOf(data, ['output', 'output_items']) ?? firstOf(response, ['output']);
  const errorMessage = stringAt(objectAt(record, 'error') ?? {}, 'message');
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(errorMessage !== undefined && { errorMessage }),
  };
}

function firstOf(object: JsonObject, names: readonly string[]): Json | undefined {
  for (const name of names) {
    const value = ownAt(object, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
