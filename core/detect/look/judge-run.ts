/** A long word of letters, digits and the signs of base64: a key by its form, a text in base64, or a code of letters. */
import { DETECTORS } from '../registry.ts';
import { holdsSecretForm, SECRET_HEADS } from '../secret-forms.ts';
import { IS_ALNUM, isDigit } from './byte-classes.ts';
import { BASE64_BIT, bitOf, holdsInAnyView, SECRET_BIT, textOf, type Looked } from './looked.ts';

/** The shortest that is looked into. */
const LEAST_BASE64 = 16;
/** Enough to tell text from anything else. */
const HEAD = 24;
const CODE_BIT = bitOf('it-fiscal-code');
const code = DETECTORS.find(({ type }) => type === 'it-fiscal-code');

/** Two bytes that a key by its form begins with. */
const HEADS = new Uint8Array(0x10000);
for (const head of SECRET_HEADS) HEADS[(head.charCodeAt(0) << 8) | head.charCodeAt(1)] = 1;

export function judgeRun(look: Looked, from: number, to: number): void {
  const { bytes, start, wanted } = look;
  const isEscaped = from > start && bytes[from - 1] === 92;
  const isSecretWanted = (wanted & ~look.found & SECRET_BIT) !== 0;
  if (isSecretWanted && (isEscaped || mayHoldKey(look, from, to))) {
    const window = textOf(look, reachBack(look, from), to + 200);
    if (holdsInAnyView(window, holdsSecretForm)) look.found |= SECRET_BIT;
  }
  if (!isMixed(bytes, from, to)) return;
  if (to - from <= 24 && (wanted & CODE_BIT) !== 0) {
    const window = textOf(look, from - 8, to + 8);
    if (holdsInAnyView(window, (view) => code?.mayHold(view, () => true) === true)) look.found |= CODE_BIT;
  }
  if (
    (look.found & BASE64_BIT) === 0 &&
    to - from >= LEAST_BASE64 &&
    mayReadAsText(look, from, to, isEscaped)
  ) {
    look.found |= BASE64_BIT;
  }
}

/** Letters of both cases, or letters and digits: all else is a word like any other, or a number. */
function isMixed(bytes: Uint8Array, from: number, to: number): boolean {
  let upper = 0;
  let lower = 0;
  let digits = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 97) lower = 1;
    else if (byte >= 65 && byte <= 90) upper = 1;
    else if (byte >= 48 && byte <= 57) digits = 1;
    if (upper + lower + digits > 1) return true;
  }
  return false;
}

/** A key begins where a word does: at the run, or behind a sign in it. What stands before a dot may belong to it. */
function mayHoldKey({ bytes, start }: Looked, from: number, to: number): boolean {
  if (from > start && (bytes[from - 1] === 46 || bytes[from - 1] === 58)) return true;
  for (let i = from; i + 1 < to; i++) {
    const first = bytes[i] ?? 0;
    if (HEADS[(first << 8) | (bytes[i + 1] ?? 0)] === 1 && (i === from || isBorder(bytes[i - 1])))
      return true;
    // On to the next sign.
    while (i + 1 < to && !isBorder(bytes[i])) i++;
  }
  return isDigit(bytes[from]) && bytes[to] === 58;
}

function isBorder(byte: number | undefined): boolean {
  return byte === 43 || byte === 45 || byte === 47;
}

/** Addresses and prefixes with dots stand in front of the long word. */
function reachBack({ bytes, start }: Looked, from: number): number {
  let back = from;
  while (back > start && from - back < 64 && isOfAddress(bytes[back - 1] ?? 0)) back--;
  return back;
}

function isOfAddress(byte: number): boolean {
  return IS_ALNUM[byte] === 1 || byte === 92 || (byte >= 45 && byte <= 47) || byte === 58 || byte === 95;
}

/** What an escape takes of the front of a run is none of it: then it is tried behind that as well. */
function mayReadAsText(look: Looked, from: number, to: number, isEscaped: boolean): boolean {
  if (readsAsText(look.bytes, from, to)) return true;
  return (
    isEscaped && [1, 3, 5].some((taken) => from + taken < to && readsAsText(look.bytes, from + taken, to))
  );
}

const SIX_BITS = new Uint8Array(256);
Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').forEach((letter, bits) => {
  SIX_BITS[letter.charCodeAt(0)] = bits;
});
SIX_BITS[45] = 62;
SIX_BITS[95] = 63;

/** Decodes the head byte by byte, and stops at the first that no text holds: soon, in ids and hashes. */
function readsAsText(bytes: Uint8Array, from: number, to: number): boolean {
  const most = Math.floor((Math.min(to - from, (HEAD / 3) * 4) * 3) / 4);
  let follow = 0;
  for (let n = 0; n < most; n++) {
    const at = from + Math.floor(n / 3) * 4 + (n % 3);
    const first = SIX_BITS[bytes[at] ?? 0] ?? 0;
    const second = SIX_BITS[bytes[at + 1] ?? 0] ?? 0;
    const byte = ((first << (2 + 2 * (n % 3))) | (second >> (4 - 2 * (n % 3)))) & 0xff;
    if (follow > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      follow--;
    } else if (byte >= 0x80) {
      if (byte < 0xc2 || byte > 0xf4) return false;
      follow = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    } else if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f) return false;
  }
  return true;
}
