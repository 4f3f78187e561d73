/** Reads what a page sent with a request. A page is not trusted to keep to the contract. */
import { isJsonObject, numberAt, ownAt, stringAt, type Json } from '../../../core/model/json.ts';
import { RpcError } from '../../../core/rpc/connection.ts';

export function readString(params: Json, key: string): string {
  const value = isJsonObject(params) ? stringAt(params, key) : undefined;
  if (value === undefined) throw badParams(key, 'a string');
  return value;
}

/** At most `most` strings. */
export function readStrings(params: Json, key: string, most: number): readonly string[] {
  const value = isJsonObject(params) ? ownAt(params, key) : undefined;
  if (!Array.isArray(value) || value.length > most) throw badParams(key, `at most ${String(most)} strings`);
  return value.map((item: Json) => {
    if (typeof item !== 'string') throw badParams(key, `at most ${String(most)} strings`);
    return item;
  });
}

/** A whole number from 0 on; undefined where it is absent. */
export function readLimit(params: Json, key: string): number | undefined {
  if (!isJsonObject(params) || ownAt(params, key) === undefined) return undefined;
  const value = numberAt(params, key);
  if (value === undefined || !Number.isSafeInteger(value) || value < 0)
    throw badParams(key, 'a whole number');
  return value;
}

function badParams(key: string, wanted: string): RpcError {
  return new RpcError('bad-params', `${key} must be ${wanted}.`);
}
