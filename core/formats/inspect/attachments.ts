/** Inspect keeps long texts once a sample and names them where they stand: here they are put back. */
import { isJsonList, isJsonObject, ownAt, type Json, type JsonObject } from '../../model/json.ts';

const NAMED = /^attachment:\/\/([0-9a-f]{8,64})$/;
/** A text that is named often makes much of little: past this the names are left standing. */
const MAX_PUT_BACK = 16 * 1024 * 1024;

/** Goes as deep as the record, which the reader has bounded. */
export function expandAttachments(value: Json, attachments: JsonObject): Json {
  let left = MAX_PUT_BACK;
  const expand = (each: Json): Json => {
    if (typeof each === 'string') {
      const id = each.startsWith('attachment://') ? NAMED.exec(each)?.[1] : undefined;
      const text = id === undefined ? undefined : ownAt(attachments, id);
      if (typeof text !== 'string' || text.length > left) return each;
      left -= text.length;
      return text;
    }
    if (isJsonList(each)) return each.map(expand);
    if (!isJsonObject(each)) return each;
    return Object.fromEntries(
      Object.entries(each).map(([key, child]): [string, Json] => [key, expand(child)]),
    );
  };
  return expand(value);
}
