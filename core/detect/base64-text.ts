/** Text that stands in a text as base64: found by how it reads when decoded. Images and hashes do not read. */

const TOKEN = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])/g;
const ANY_TOKEN = /[A-Za-z0-9+/_-]{16}/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map([
  ...Array.from(ALPHABET, (letter, value): [string, number] => [letter, value]),
  ['-', 62],
  ['_', 63],
]);
/** Enough to tell text from anything else. */
const HEAD = 32;

export interface Base64Text {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function findBase64Texts(text: string): readonly Base64Text[] {
  if (!ANY_TOKEN.test(text)) return [];
  const found: Base64Text[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (!isReadable(decode(token.slice(0, HEAD)), true)) continue;
    const decoded = decode(token);
    if (isReadable(decoded, false)) {
      found.push({ start: match.index, end: match.index + token.length, text: decoded });
    }
  }
  return found;
}

function decode(token: string): string {
  const bytes = new Uint8Array(Math.floor((token.length * 3) / 4));
  let length = 0;
  let held = 0;
  let bits = 0;
  for (const letter of token) {
    const value = VALUES.get(letter);
    if (value === undefined) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 0xff;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}

/** Bytes of anything else soon hold what no text does. A head may end within a character. */
function isReadable(text: string, isHead: boolean): boolean {
  const whole = isHead ? text.replace(/\ufffd+$/, '') : text;
  // eslint-disable-next-line no-control-regex -- characters that no text holds are what is looked for
  return whole.length >= 8 && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.test(whole);
}
