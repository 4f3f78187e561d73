/** Keys under which programs write who used them and which conversation a trace is of. */

export type IdKind = 'groups' | 'users';

const USER = /(^|_)(end_?user|user|customer|visitor|member|account)(_(id|name|email|mail|login|uuid|key))?$/;
const GROUP = /(^|_)(group|session|conversation|thread)(_(id|uuid|key))?$/;
const MOST_KEYS = 10_000;

const known = new Map<string, IdKind | undefined>();

/** `user.id`, `userId`, `session_id` and the like; undefined for any other key. */
export function idKindOf(key: string): IdKind | undefined {
  if (known.has(key)) return known.get(key);
  const words = key
    .slice(-80)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.\-\s/:]/g, '_')
    .toLowerCase();
  const kind = USER.test(words) ? 'users' : GROUP.test(words) ? 'groups' : undefined;
  if (known.size < MOST_KEYS) known.set(key, kind);
  return kind;
}
