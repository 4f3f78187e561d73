/** Who the user of a trace is, as far as its metadata tells: the field has many names, and one of them is right. */
import { isJsonObject, ownAt, type JsonObject } from '../model/json.ts';

const NAMES = [
  'user_id',
  'userId',
  'user',
  'user.id',
  'end_user_id',
  'endUserId',
  'enduser.id',
  'session.user_id',
];

export function readUserId(metadata: JsonObject): string | undefined {
  for (const name of NAMES) {
    const value = ownAt(metadata, name);
    const named = isJsonObject(value) ? ownAt(value, 'id') : value;
    if (typeof named === 'string' && named !== '') return named;
    if (typeof named === 'number') return String(named);
  }
  return undefined;
}
