/** What a byte of UTF-8 is to the look: a letter by itself, a digit, what may stand inside a number, or a sign. */

/** 0 to 25 are the letters, in any case. */
export const [
  OTHER,
  DIGIT,
  DOT,
  DASH,
  MARK,
  SPACE,
  BRACKET,
  UNDERSCORE,
  SIGN,
  COLON,
  QUOTE,
  BACK,
  AT,
  PERCENT,
] = [26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39] as const;
export const [AMPERSAND, LEAD, SOFT_QUOTE] = [40, 41, 42] as const;
export const CLASSES = 64;

export const CLASS_OF = new Uint8Array(256).fill(OTHER);
for (let letter = 0; letter < 26; letter++) CLASS_OF[65 + letter] = CLASS_OF[97 + letter] = letter;
function give(characters: string, kind: number): void {
  for (let i = 0; i < characters.length; i++) CLASS_OF[characters.charCodeAt(i)] = kind;
}
give('0123456789', DIGIT);
give('.', DOT);
give('-', DASH);
give('+/', MARK);
give(' \t\n\r', SPACE);
give('()', BRACKET);
give('_', UNDERSCORE);
give('=', SIGN);
give(':', COLON);
give('"', QUOTE);
give("'`", SOFT_QUOTE);
give('\\', BACK);
give('@', AT);
give('%', PERCENT);
give('&', AMPERSAND);
/** The first bytes of spaces, dashes and wide letters that look like others. */
for (const lead of [0xc2, 0xe2, 0xe3, 0xef]) CLASS_OF[lead] = LEAD;

/** What words, numbers and base64 are made of. */
export const IN_RUN = new Uint8Array(256);
export const IS_ALNUM = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const kind = CLASS_OF[byte] ?? OTHER;
  if (kind <= 25 || kind === DIGIT) IS_ALNUM[byte] = IN_RUN[byte] = 1;
  else if (kind === DASH || kind === MARK || kind === UNDERSCORE) IN_RUN[byte] = 1;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

export function isHex(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 102);
}
