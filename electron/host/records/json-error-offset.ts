/**
 * Where a text stops being JSON. JSON.parse says so only sometimes, and quotes the text while it does, which
 * no answer and no log may carry; so the place is looked for again, token by token, without recursion.
 */

/** Byte offset, in the UTF-8 of `text`, of the first token that cannot stand there. */
export function findJsonErrorOffset(text: string): number {
  return Buffer.byteLength(text.slice(0, findError(text)));
}

/** What may come next. */
type Wanted = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

function findError(text: string): number {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  for (let i = skipSpace(text, 0); i < text.length; i = skipSpace(text, i)) {
    const token = readToken(text, i);
    const next: Wanted | undefined = token && step(wanted, token.kind, open);
    if (token === undefined || next === undefined) return i;
    wanted = next;
    i = token.end;
  }
  return text.length;
}

type TokenKind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'scalar';

/** What is wanted behind the token; undefined where it cannot stand there. */
function step(wanted: Wanted, kind: TokenKind, open: ('{' | '[')[]): Wanted | undefined {
  const inside = open.at(-1);
  if (kind === '}' || kind === ']') {
    const opening = kind === '}' ? '{' : '[';
    const mayEnd = wanted === 'comma-or-end' || wanted === (kind === '}' ? 'key-or-end' : 'value-or-end');
    if (!mayEnd || inside !== opening) return undefined;
    open.pop();
    return 'comma-or-end';
  }
  switch (wanted) {
    case 'key':
    case 'key-or-end':
      return kind === 'string' ? 'colon' : undefined;
    case 'colon':
      return kind === ':' ? 'value' : undefined;
    case 'comma-or-end':
      if (kind !== ',' || inside === undefined) return undefined;
      return inside === '{' ? 'key' : 'value';
    default:
      if (kind === '{' || kind === '[') {
        open.push(kind);
        return kind === '{' ? 'key-or-end' : 'value-or-end';
      }
      return kind === 'string' || kind === 'scalar' ? 'comma-or-end' : undefined;
  }
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const PUNCTUATION: readonly TokenKind[] = ['{', '}', '[', ']', ':', ','];
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The token at a place; undefined where none is whole. */
function readToken(text: string, at: number): { readonly kind: TokenKind; readonly end: number } | undefined {
  const mark = PUNCTUATION.find((character) => character === text[at]);
  if (mark !== undefined) return { kind: mark, end: at + 1 };
  if (text[at] === '"') {
    const end = stringEnd(text, at + 1);
    return end < 0 ? undefined : { kind: 'string', end };
  }
  SCALAR.lastIndex = at;
  return SCALAR.test(text) ? { kind: 'scalar', end: SCALAR.lastIndex } : undefined;
}

/** One past the closing quote; -1 where the string is not whole. */
function stringEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i + 1;
    if (code < 0x20) return -1;
    if (code !== 0x5c) continue;
    ESCAPE.lastIndex = i;
    if (!ESCAPE.test(text)) return -1;
    i = ESCAPE.lastIndex - 1;
  }
  return -1;
}

function skipSpace(text: string, from: number): number {
  let i = from;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return i;
}
