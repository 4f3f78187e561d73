/** The data of a span without what the chosen rules withhold. */
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../model/json.ts';
import { assertNever } from '../model/assert.ts';
import type { ContentWalk } from './content-walk.ts';
import { fieldClassOf, type FieldClass } from './field-classes.ts';

/** `spanType`: the `type` of the span that the data is of, where the data itself has none. */
export function sanitiseData(data: JsonObject, walk: ContentWalk, spanType?: string): JsonObject {
  const type = stringAt(data, 'type') ?? spanType;
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(data)) {
    const kept = sanitiseField(key, value, fieldClassOf(key, type), walk, type);
    if (kept !== undefined) fields.push([key, kept]);
  }
  return Object.fromEntries(fields);
}

function sanitiseField(
  key: string,
  value: Json,
  fieldClass: FieldClass | undefined,
  walk: ContentWalk,
  type: string | undefined,
): Json | undefined {
  if (fieldClass === undefined) {
    walk.drop('unknown', value);
    return undefined;
  }
  switch (fieldClass) {
    case 'fact':
      return walk.fact(value);
    case 'names':
      return walk.names(value);
    case 'numbers':
      return walk.numbers(value);
    case 'data':
      return isJsonObject(value) ? sanitiseData(value, walk, type) : walk.take('unknown', value);
    case 'outputs':
      return walk.has('outputs') ? withholdOutput(key, value, walk) : value;
    case 'inputs':
    case 'tools':
    case 'errors':
    case 'metadata':
      return walk.has(fieldClass) ? walk.take(fieldClass, value) : value;
    default:
      return assertNever(fieldClass);
  }
}

/** The JavaScript SDK tells the model and its usage nowhere but in the output: these stay. */
function withholdOutput(key: string, value: Json, walk: ContentWalk): Json {
  const first = isJsonList(value) ? value[0] : undefined;
  if (key !== 'output' || !isJsonObject(first)) return walk.take('outputs', value);
  const model = ownAt(first, 'model');
  const usage = ownAt(first, 'usage');
  const isCompletion = isJsonObject(usage) || typeof model === 'string';
  if (!isCompletion) return walk.take('outputs', value);
  const rest = Object.fromEntries(
    Object.entries(first).filter(([name]) => name !== 'model' && name !== 'usage'),
  );
  walk.drop('outputs', rest);
  for (const other of isJsonList(value) ? value.slice(1) : []) walk.drop('outputs', other);
  return [
    {
      ...(typeof model === 'string' && { model }),
      ...(isJsonObject(usage) && { usage: walk.numbers(usage) }),
    },
  ];
}
