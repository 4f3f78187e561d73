/** Names of secrets with what stands behind them, and signs of addresses. */
import { DETECTORS } from '../registry.ts';
import { holdsAssignment } from '../secret-assignments.ts';
import { IN_HEADER, PASSWORD_IN_URL } from '../secret-forms.ts';
import { IN_RUN, IS_ALNUM } from './byte-classes.ts';
import { bitOf, holdsInAnyView, SECRET_BIT, textOf, type Looked } from './looked.ts';

const EMAIL_BIT = bitOf('email');
const email = DETECTORS.find(({ type }) => type === 'email');

/** Names may have parts before them; values are no longer. */
const NAME_REACH = 100;
const VALUE_REACH = 340;

/** `at`: right behind a name. */
export function judgeName(look: Looked, at: number): void {
  if ((look.wanted & ~look.found & SECRET_BIT) === 0) return;
  const value = behindSigns(look, at);
  if (value === undefined) return;
  const window = textOf(look, at - NAME_REACH, value + VALUE_REACH);
  // In a list each value stands at the name, however far from it.
  if (/^[\s\\nr]*\[/.test(textOf(look, value, value + 40))) look.found |= SECRET_BIT;
  else if (isWrittenByEscapes(look, value)) look.found |= SECRET_BIT;
  else if (holdsInAnyView(window, holdsNamed) || holdsInAnyView(asWritten(window), holdsNamed)) {
    look.found |= SECRET_BIT;
  }
}

function holdsNamed(text: string): boolean {
  return holdsAssignment(text) || text.search(IN_HEADER) >= 0;
}

/** A key and its text as `findSensitive` gets them, without quotes; a flag that a text begins with. */
function asWritten(window: string): string {
  return window.replace(/\\*"\s*:\s*(?:\\*")?/g, ': ').replace(/\\*["'`](?=--?[a-z])/gi, ' ');
}

/** Where a value may begin; undefined where nothing assigns. */
function behindSigns({ bytes, start, end }: Looked, at: number): number | undefined {
  if (isBareKey(bytes, start, at)) return undefined;
  const most = Math.min(end, at + 40);
  let i = at;
  while (i < most && (isSign(bytes[i]) || (bytes[i - 1] === 92 && isSoft(bytes[i])))) i++;
  const byte = bytes[i];
  if (byte === 58 || byte === 61) return i + 1;
  if (isIs(bytes, i) || isOfValueName(bytes, at)) return i;
  return isFlag(bytes, start, at) || isHeaderValue(bytes, at, end) ? i : undefined;
}

/** `key` is one of nobody unless something says which. */
function isBareKey(bytes: Uint8Array, start: number, at: number): boolean {
  const isKey =
    ((bytes[at - 1] ?? 0) | 32) === 121 &&
    ((bytes[at - 2] ?? 0) | 32) === 101 &&
    ((bytes[at - 3] ?? 0) | 32) === 107;
  const before = bytes[at - 4] ?? 0;
  return (
    isKey && (at - 4 < start || (IS_ALNUM[before] === 0 && before !== 45 && before !== 95 && before !== 32))
  );
}

function isSign(byte: number | undefined): boolean {
  switch (byte) {
    case 9:
    case 10:
    case 13:
    case 32:
    case 34:
    case 39:
    case 92:
    case 96:
      return true;
    default:
      return byte !== undefined && byte > 127;
  }
}

function isSoft(byte: number | undefined): boolean {
  return byte === 110 || byte === 114 || byte === 116 || byte === 98 || byte === 102;
}

/** A value of some length with backslashes inside: how it reads depends on how deep it stands. */
function isWrittenByEscapes({ bytes, end }: Looked, from: number): boolean {
  let i = from;
  while (i < end && i - from < 40 && isSign(bytes[i])) i++;
  const begin = i;
  // Quotes in quotes, or an escape that the value begins with.
  let quotes = 0;
  let isEscaped = begin > from && bytes[begin - 1] === 92;
  for (let at = from; at < begin; at++)
    if (bytes[at] === 34 || bytes[at] === 39 || bytes[at] === 96) quotes++;
  const isDeep = isEscaped || (quotes > 1 && bytes.subarray(from, begin).includes(92));
  for (; i < end && i - begin < 300 && !ENDS_VALUE.has(bytes[i] ?? 32); i++) {
    isEscaped ||= bytes[i] === 92 && bytes[i + 1] !== 92 && bytes[i + 1] !== 34;
  }
  return (isEscaped && i - begin >= 10) || (isDeep && i - begin >= 3);
}

const ENDS_VALUE = new Set(Array.from(' \t\n\r"\'`,;<>(){}[]|&', (sign) => sign.charCodeAt(0)));

/** `is`, and nothing that begins so. */
function isIs(bytes: Uint8Array, at: number): boolean {
  return hasWord(bytes, at, 105, 115);
}

function hasWord(bytes: Uint8Array, at: number, first: number, second: number): boolean {
  const isThere = ((bytes[at] ?? 0) | 32) === first && ((bytes[at + 1] ?? 0) | 32) === second;
  return isThere && IS_ALNUM[bytes[at + 2] ?? 0] === 0;
}

/** `_key`, `-value`, `_v2`, and names of two words. */
function isOfValueName(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 45 || bytes[at] === 95 || (bytes[at] === 32 && hasWord(bytes, at + 1, 105, 100));
}

function isFlag(bytes: Uint8Array, start: number, at: number): boolean {
  let i = at - 1;
  while (i > start && at - i < 12 && IS_ALNUM[bytes[i] ?? 0] === 1) i--;
  return bytes[i] === 45;
}

function isHeaderValue(bytes: Uint8Array, at: number, end: number): boolean {
  let i = at;
  while (i < end && i - at < 12 && (isSign(bytes[i]) || (bytes[i - 1] === 92 && isSoft(bytes[i])))) i++;
  const from = i;
  while (i < end && i - from < 16 && (IN_RUN[bytes[i] ?? 0] === 1 || isOfToken(bytes[i]))) i++;
  return i - from === 16;
}

function isOfToken(byte: number | undefined): boolean {
  return byte === 46 || byte === 126 || byte === 61;
}

/** An address of mail, or a password before the name of a machine. */
export function judgeAt(look: Looked, at: number): void {
  const left = look.wanted & ~look.found & (EMAIL_BIT | SECRET_BIT);
  const before = look.bytes[at - 1] ?? 32;
  if (left === 0 || at === look.start || before <= 32 || before === 34) return;
  const domainEnd = (left & EMAIL_BIT) === 0 ? 0 : endOfDomain(look, at + 1);
  if (domainEnd > 0) {
    const window = textOf(look, at - 90, domainEnd + 24);
    if (holdsInAnyView(window, holdsEmail)) look.found |= EMAIL_BIT;
  }
  if ((left & SECRET_BIT) !== 0 && isBehindSlash(look, at)) {
    const window = textOf(look, at - 340, at + 24);
    if (holdsInAnyView(window, (view) => view.search(PASSWORD_IN_URL) >= 0)) look.found |= SECRET_BIT;
  }
}

/** 0 where no dot follows that a letter stands behind. */
function endOfDomain({ bytes, end }: Looked, from: number): number {
  let i = from;
  let hasDot = false;
  while (i < end && i < from + 330 && isOfDomain(bytes[i] ?? 0)) {
    if (bytes[i] === 46 && i > from && isOfDomain(bytes[i + 1] ?? 0)) hasDot = true;
    i++;
  }
  return hasDot ? i : 0;
}

function isOfDomain(byte: number): boolean {
  return IS_ALNUM[byte] === 1 || byte === 45 || byte === 46 || byte === 92 || byte > 127;
}

/** A password in an address begins behind the slashes of it, with nothing between that ends a word. */
function isBehindSlash({ bytes, start }: Looked, at: number): boolean {
  let i = at - 1;
  while (i > start && at - i < 330 && !ENDS_WORD.has(bytes[i] ?? 32)) i--;
  return bytes[i] === 47;
}

const ENDS_WORD = new Set(Array.from(' \t\n\r/@"\'<>', (sign) => sign.charCodeAt(0)));

function holdsEmail(text: string): boolean {
  let isThere = false;
  email?.find(text, () => {
    isThere = true;
  });
  return isThere;
}
