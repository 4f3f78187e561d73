/** Undoes one layer of escapes in a text: backslashes, percent signs, entities, and characters that look like others. */

export interface DecodedText {
  readonly text: string;
  /** For each character, and for the end, where it begins in the text that was decoded. */
  readonly borders: Uint32Array;
}

const ESCAPE =
  /\\+(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|[nrtbf"'/])|(?:%[\da-fA-F]{2})+|&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|amp|quot|apos|lt|gt|commat|nbsp);|[\u00a0\u00ad\u2000-\u200d\u2010-\u2015\u202f\u2060\u3000\ufeff\uff01-\uff5e]+/g;
/** At the front of a text. */
export const ENTITY = /^&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|amp|quot|apos|lt|gt|commat|nbsp);/;
const ANY_ESCAPE = new RegExp(ESCAPE.source);

export function hasEscapes(text: string): boolean {
  return ANY_ESCAPE.test(text);
}

/** Undefined where nothing is to be undone. */
export function decodeStep(text: string): DecodedText | undefined {
  const borders = new Uint32Array(text.length + 1);
  let decoded = '';
  let from = 0;
  let to = 0;
  ESCAPE.lastIndex = 0;
  for (let found = ESCAPE.exec(text); found !== null; found = ESCAPE.exec(text)) {
    const [escape] = found;
    const plain = decode(escape);
    if (plain === undefined) continue;
    decoded += text.slice(from, found.index) + plain;
    for (; from < found.index; from++) borders[to++] = from;
    // Every character of it is the whole escape: a find never cuts one.
    for (let i = 0; i < plain.length; i++) borders[to++] = found.index;
    from = found.index + escape.length;
  }
  if (from === 0) return undefined;
  decoded += text.slice(from);
  for (; from <= text.length; from++) borders[to++] = from;
  return { text: decoded, borders: borders.slice(0, decoded.length + 1) };
}

/** What an escape stands for; undefined where it is none after all. Never longer than the escape. */
function decode(escape: string): string | undefined {
  const first = escape.charAt(0);
  if (first === '%') return decodePercent(escape);
  if (first === '&') return decodeEntity(escape.slice(1, -1));
  if (first !== '\\') return foldLookAlikes(escape);
  const mark = escape.lastIndexOf('\\') + 1;
  const letter = escape.charAt(mark);
  if (letter === 'u' || letter === 'x') return String.fromCharCode(parseInt(escape.slice(mark + 1), 16));
  return LETTERS[letter] ?? letter;
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

function decodePercent(escape: string): string | undefined {
  try {
    return decodeURIComponent(escape);
  } catch (error) {
    // Percent signs of something else, or of bytes that are no text.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  commat: '@',
  nbsp: ' ',
};

function decodeEntity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name];
  const code = name.charAt(1) === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > 0 && code < 0xd800 ? String.fromCharCode(code) : undefined;
}

/** Wide forms of ASCII, dashes and spaces; what has no width goes. */
function foldLookAlikes(escape: string): string {
  let plain = '';
  for (const character of escape) {
    const code = character.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) plain += String.fromCharCode(code - 0xfee0);
    else if (code >= 0x2010 && code <= 0x2015) plain += '-';
    else if (!NO_WIDTH.has(code)) plain += ' ';
  }
  return plain;
}

const NO_WIDTH: ReadonlySet<number> = new Set([0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);
