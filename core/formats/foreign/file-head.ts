/** The beginning of a file as formats look at it: its bytes, its text, and the keys of its JSON. */

/** So much of a file is looked at before a format is chosen. */
export const HEAD_BYTES = 64 * 1024;
const MAX_FIELDS = 2000;
const MAX_DEPTH = 12;
/** A value longer than this tells no format. */
const MAX_VALUE_LENGTH = 200;

export interface FileHead {
  readonly bytes: Uint8Array;
  readonly text: string;
  /**
   * The paths of keys that stand there, and the first string each has, if it is a short one. Lists are
   * stepped through as if they were not there: `data.spans` names the spans of `{"data":[{"spans":[...]}]}`.
   */
  readonly fields: ReadonlyMap<string, string | undefined>;
}

/** Never throws, whatever the bytes are. */
export function readHead(bytes: Uint8Array): FileHead {
  const head = bytes.subarray(0, HEAD_BYTES);
  const text = new TextDecoder().decode(head);
  return { bytes: head, text, fields: /^\s*[[{]/.test(text) ? listFields(text) : new Map() };
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/** Strings, brackets, commas and colons are all it looks at: a damaged file has keys as well. */
function listFields(text: string): Map<string, string | undefined> {
  const fields = new Map<string, string | undefined>();
  const open: { readonly path: string; readonly isObject: boolean }[] = [];
  let path = '';
  let key: string | undefined;
  let wantsKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = open.at(-1);
    switch (token) {
      case '{':
      case '[':
        if (open.length >= MAX_DEPTH && fields.size >= MAX_FIELDS) return fields;
        open.push({ path, isObject: token === '{' });
        wantsKey = token === '{';
        break;
      case '}':
      case ']':
        open.pop();
        wantsKey = false;
        path = open.at(-1)?.path ?? '';
        break;
      case ',':
        wantsKey = inside?.isObject ?? false;
        path = inside?.path ?? '';
        break;
      case ':':
        if (key === undefined) break;
        path = inside === undefined || inside.path === '' ? key : `${inside.path}.${key}`;
        if (open.length <= MAX_DEPTH && fields.size < MAX_FIELDS && !fields.has(path)) {
          fields.set(path, undefined);
        }
        key = undefined;
        break;
      default:
        if (wantsKey) {
          key = token.slice(1, -1);
          wantsKey = false;
        } else if (fields.has(path) && fields.get(path) === undefined && token.length <= MAX_VALUE_LENGTH) {
          fields.set(path, token.slice(1, -1));
        }
    }
  }
  return fields;
}
