/** Escapes and signs that look like others: most stand for letters, and nothing is hidden in them. */
import { DETECTORS } from '../registry.ts';
import { ENTITY } from '../decode-escapes.ts';
import { IS_ALNUM, isDigit, isHex } from './byte-classes.ts';
import { judgeNumber } from './judge-number.ts';
import { bitOf, ESCAPED_BIT, holdsInAnyView, textOf, type Looked } from './looked.ts';

const IP_BIT = bitOf('ip');
const ip = DETECTORS.find(({ type }) => type === 'ip');

/** `at`: a percent sign, an ampersand, or the letter behind backslashes. Returns where to go on. */
export function judgeEscape(look: Looked, at: number): number {
  const { bytes } = look;
  const sign = bytes[at];
  if (sign === 37) {
    if (isHex(bytes[at + 1]) && isHex(bytes[at + 2])) look.found |= ESCAPED_BIT;
    return at + 1;
  }
  if (sign === 38) {
    if (ENTITY.test(textOf(look, at, at + 10))) look.found |= ESCAPED_BIT;
    return at + 1;
  }
  const digits = ((sign ?? 0) | 32) === 117 ? 4 : 2;
  let value = 0;
  for (let i = 1; i <= digits; i++) {
    const byte = bytes[at + i];
    if (!isHex(byte)) return at + 1;
    value = value * 16 + parseInt(String.fromCharCode(byte ?? 48), 16);
  }
  const next = at + digits + 1;
  if (isHidden(look, value, at, next)) look.found |= ESCAPED_BIT;
  return next;
}

/** `at`: the first of two or three bytes of a character. Returns where to go on. */
export function judgeLookAlike(look: Looked, at: number): number {
  const { bytes } = look;
  const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  const length = first === 0xc2 ? 2 : 3;
  const value = length === 2 ? second : ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
  const next = at + length;
  if (isHidden(look, value, at, next)) look.found |= ESCAPED_BIT;
  if (isGap(value) && mayBeOfNumber(bytes[next]) && hasDigitBefore(look, at)) {
    let digit = next;
    while (digit < look.end && digit < next + 4 && !isDigit(bytes[digit])) digit++;
    if (isDigit(bytes[digit])) return judgeNumber(look, digit);
  }
  return next;
}

function isGap(value: number): boolean {
  return (value >= 0x2000 && value <= 0x2015) || value === 0xa0 || value === 0x3000 || value === 0x202f;
}

function hasNoWidth(value: number): boolean {
  return value === 0xad || (value >= 0x200b && value <= 0x200d) || value === 0x2060 || value === 0xfeff;
}

function mayBeOfNumber(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 40 || byte === 43;
}

function hasDigitBefore({ bytes, start }: Looked, at: number): boolean {
  for (let i = at - 1; i >= start && i > at - 8; i--) if (isDigit(bytes[i])) return true;
  return false;
}

/** Whether a character, once undone, may make something of what stands around it. */
function isHidden({ bytes, start, end }: Looked, value: number, at: number, next: number): boolean {
  let front = at - 1;
  while (front >= start && bytes[front] === 92) front--;
  const before = front >= start ? (bytes[front] ?? 32) : 32;
  const behind = next < end ? (bytes[next] ?? 32) : 32;
  if (value < 0x80) return value > 0x20 && value !== 0x27 && value !== 0x3c && value !== 0x3e;
  if (value === 0xf1) return true;
  if (hasNoWidth(value)) return isJoined(before) && isJoined(behind);
  if (value >= 0xff01 && value <= 0xff5e) {
    const plain = value - 0xfee0;
    if (IS_ALNUM[plain] === 1 || plain === 64) return true;
    return TIES.includes(String.fromCharCode(plain)) && (isJoined(before) || isJoined(behind));
  }
  if (!isGap(value)) return false;
  // A dash or space inside of a key, or between its name and what assigns it.
  if (isDigit(before) || isDigit(behind)) return front < at - 1;
  return isPlain(behind) && isPlain(before) && !isProse(bytes, next, end);
}

/** Signs that numbers, addresses and names of secrets are written with. */
const TIES = '.:=+/-_%&()~#';

/** Bytes that something may go on by, over what has no width; those of other characters are taken for such. */
function isJoined(byte: number): boolean {
  return byte > 32 && byte < 0x80 && byte !== 34 && byte !== 92;
}

function isPlain(byte: number): boolean {
  return IS_ALNUM[byte] === 1 || byte === 45 || byte === 58 || byte === 61;
}

/** A short word of letters: what stands behind a dash in a sentence. */
function isProse(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end && i < from + 14; i++) {
    const byte = bytes[i] ?? 32;
    if (isDigit(byte) || byte === 45 || byte === 58 || byte === 61 || byte === 95) return false;
    if (IS_ALNUM[byte] === 0) return true;
  }
  return false;
}

const HEX_GAP = 5;

/** Two colons with at most four hexadecimal digits between them may be of an address. */
export function judgeColons(look: Looked, at: number): void {
  const { bytes, end } = look;
  if ((look.wanted & ~look.found & IP_BIT) === 0) return;
  let i = at + 1;
  while (i < end && i - at <= HEX_GAP && isHex(bytes[i])) i++;
  if (bytes[i] !== 58) return;
  const window = textOf(look, at - 16, at + 64);
  if (holdsInAnyView(window, (view) => ip?.mayHold(view, () => true) === true)) look.found |= IP_BIT;
}
