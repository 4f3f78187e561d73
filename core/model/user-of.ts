/** The user whom the metadata of a trace names, whatever the field is called. */
import { ownAt, type JsonObject } from './json.ts';

/** The readers of other tools write `user_id`; the others stand in programs that write metadata of their own. */
const USER_FIELDS = ['user_id', 'userId', 'user', 'user.id', 'enduser.id', 'end_user_id'] as const;

export function findUserId(metadata: JsonObject): string | undefined {
  for (const field of USER_FIELDS) {
    const value = ownAt(metadata, field);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}
