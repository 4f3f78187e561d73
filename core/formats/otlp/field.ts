/** OTLP's JSON is written in lowerCamelCase; some tools write snake_case. Both are read everywhere. */
import { isJsonList, ownAt, type Json, type JsonObject } from '../../model/json.ts';

const SNAKE = new Map<string, string>();

/** The value of a field by its camelCase name, in either spelling. */
export function field(object: JsonObject, name: string): Json | undefined {
  const value = ownAt(object, name);
  if (value !== undefined && value !== null) return value;
  const other = snake(name);
  return other === name ? value : ownAt(object, other);
}

export function textField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' ? value : undefined;
}

/** The list at a field; an absent or other value is an empty one. */
export function listField(object: JsonObject, name: string): readonly Json[] {
  const value = field(object, name);
  return isJsonList(value) ? value : [];
}

function snake(name: string): string {
  const known = SNAKE.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  SNAKE.set(name, made);
  return made;
}
