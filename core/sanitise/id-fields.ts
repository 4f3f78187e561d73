/**
 * Ids of groups and users inside of texts: what a tool is given is JSON in a text, Python prints its dictionaries,
 * and either may be cut short or stand in a sentence. So fields are looked for, and nothing is parsed.
 */
import { idKindOf, type IdKind } from './id-keys.ts';

/** A text without any of these words has no field that counts. */
const MAY_HOLD = /user|customer|visitor|member|account|group|session|conversation|thread/i;
/** A key and its value, in either kind of quotes, which may be escaped. All parts are bounded, so the time is linear. */
const FIELD =
  /(\\{0,7})(["'])([\w.\-:/ ]{1,80})\1\2(\s{0,9}:\s{0,9})(?:\1(["'])([^"'\\]{1,500})\1\5|(-?\d{1,30}))/g;

/**
 * Calls back for each field that holds an id, and puts what that returns in place of it. What stands between such
 * fields is handed to `between`.
 */
export function mapIdFields(
  text: string,
  replace: (kind: IdKind, id: string) => string | undefined,
  between: (text: string) => string = (own) => own,
): string {
  if (!MAY_HOLD.test(text)) return between(text);
  let mapped = '';
  let from = 0;
  for (const found of text.matchAll(FIELD)) {
    const [all, slash = '', quote = '', key = '', colon = '', , inQuotes, digits = ''] = found;
    const kind = idKindOf(key);
    const pseudonym = kind === undefined ? undefined : replace(kind, inQuotes ?? digits);
    if (pseudonym === undefined) continue;
    const mark = slash + quote;
    mapped += `${between(text.slice(from, found.index))}${mark}${key}${mark}${colon}${mark}${pseudonym}${mark}`;
    from = found.index + all.length;
  }
  return mapped + between(text.slice(from));
}
