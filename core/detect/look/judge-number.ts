/** Digits that may be a number of somebody: the detectors of numbers judge them where they stand. */
import { DETECTORS } from '../registry.ts';
import type { BuiltInType } from '../sensitive-types.ts';
import { IS_ALNUM, isDigit, isHex } from './byte-classes.ts';
import { bitOf, hasWords, holdsInAnyView, textOf, type Looked } from './looked.ts';

/** No number with fewer digits is of that type. */
const LEAST_DIGITS: Readonly<Partial<Record<BuiltInType, number>>> = {
  card: 13,
  iban: 2,
  'us-ssn': 9,
  'uk-nino': 6,
  'de-tax-id': 11,
  'it-fiscal-code': 2,
  'es-dni': 7,
  'fr-nir': 13,
  'nl-bsn': 9,
  'ca-sin': 9,
  'br-cpf': 11,
  'in-aadhaar': 12,
  'se-personnummer': 10,
  'fi-hetu': 8,
  'cn-resident-id': 17,
  phone: 7,
  ip: 4,
};
/** Letters are part of these. */
const WITH_LETTERS = new Set<BuiltInType>(['iban', 'uk-nino', 'it-fiscal-code', 'es-dni']);
const NUMBERS = DETECTORS.flatMap((detector) => {
  const { type } = detector;
  const own = type.startsWith('own:') ? undefined : LEAST_DIGITS[type as BuiltInType];
  if (own === undefined) return [];
  return [{ bit: bitOf(type), least: own, detector, hasLetters: WITH_LETTERS.has(type as BuiltInType) }];
});

/** Bytes around a number that rules of forms look at. */
const BEFORE = 8;
const BEHIND = 10;
const REACH = 72;

/** Returns where to go on. */
export function judgeNumber(look: Looked, at: number): number {
  const { bytes, end } = look;
  const time = endOfTime(look, at);
  if (time > 0) return time;
  const [wordStart, wordEnd] = wordAround(look, at);
  if (isNobodys(look, wordStart, wordEnd)) return beforeNames(bytes, at, wordEnd);
  const uuid = endOfUuid(look, at);
  if (uuid > 0) return uuid;
  const from = reachBack(look, wordStart);
  const to = reachOn(look, wordEnd);
  let digits = 0;
  let letters = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (isDigit(byte)) digits++;
    else if (IS_ALNUM[byte] === 1) letters++;
  }
  let window: string | undefined;
  for (const { bit, least, detector, hasLetters } of NUMBERS) {
    if ((look.wanted & bit) === 0 || (look.found & bit) !== 0) continue;
    if (digits < least || (hasLetters && letters === 0)) continue;
    window ??= textOf(look, from - BEFORE, to + BEHIND);
    const hasWord = (words: RegExp): boolean => hasWords(look, words);
    if (holdsInAnyView(window, (view) => detector.mayHold(view, hasWord))) look.found |= bit;
  }
  return beforeNames(bytes, at, Math.min(to, end));
}

/** Names of secrets may stand in what was judged: the walk goes on at the first word that is more than digits and hex. */
function beforeNames(bytes: Uint8Array, at: number, to: number): number {
  let next = at + 1;
  while (next < to && (isHex(bytes[next]) || IS_ALNUM[bytes[next] ?? 0] === 0)) {
    if (bytes[next] === 92 || bytes[next] === 45) return next;
    next++;
  }
  if (next === to) return to;
  while (next > at + 1 && IS_ALNUM[bytes[next - 1] ?? 0] === 1 && !isDigit(bytes[next - 1])) next--;
  return next;
}

/** The word of letters, digits and low lines around a place; what an escape takes of its front is none of it. */
function wordAround({ bytes, start, end }: Looked, at: number): readonly [number, number] {
  let from = at;
  let to = at + 1;
  while (from > start && isWord(bytes[from - 1])) from--;
  while (to < end && isWord(bytes[to])) to++;
  return [from, to];
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && (IS_ALNUM[byte] === 1 || byte === 95);
}

/** A long word with letters in it: an account begins with two letters and two digits, all else is shorter. */
function isNobodys({ bytes, start }: Looked, from: number, to: number): boolean {
  const length = to - from;
  if (length < 20 || (from > start && bytes[from - 1] === 92)) return false;
  let letters = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte === 95 || isDigit(byte)) continue;
    letters++;
    // Behind a low line an account may begin.
    if ((i === from || bytes[i - 1] === 95) && isHeadOfAccount(bytes, i, to)) return false;
  }
  return letters > 0;
}

function isHeadOfAccount(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 15 <= to && !isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3]);
}

/** Where a time as machines write it ends; its sixth digit stands at `at`. 0 where there is none. */
function endOfTime({ bytes, start, end }: Looked, at: number): number {
  const from = at - 6;
  if (from < start || bytes[at - 2] !== 45 || bytes[at + 1] !== 45 || bytes[at + 4] !== 84) return 0;
  if (isWord(bytes[from - 1]) || bytes[at + 7] !== 58 || bytes[at + 10] !== 58) return 0;
  let to = at + 11;
  while (to < end && isDigit(bytes[to])) to++;
  if (bytes[to] === 46) for (to++; isDigit(bytes[to]);) to++;
  if (bytes[to] === 90) to++;
  else if ((bytes[to] === 43 || bytes[to] === 45) && isDigit(bytes[to + 1]) && isDigit(bytes[to + 2])) {
    to += bytes[to + 3] === 58 ? 6 : 5;
  }
  return to <= end && !isWord(bytes[to]) ? to : 0;
}

const UUID_DASHES = [8, 13, 18, 23];

/** Where a UUID ends that holds a letter; 0 where there is none. */
function endOfUuid({ bytes, start, end }: Looked, at: number): number {
  let from = at;
  while (from > start && at - from < 37 && (isHex(bytes[from - 1]) || bytes[from - 1] === 45)) from--;
  if (from + 36 > end || isWord(bytes[from - 1]) || isWord(bytes[from + 36]) || bytes[from + 36] === 45)
    return 0;
  let letters = 0;
  for (let i = 0; i < 36; i++) {
    const byte = bytes[from + i];
    if (UUID_DASHES.includes(i) ? byte !== 45 : !isHex(byte)) return 0;
    if (byte !== 45 && !isDigit(byte)) letters++;
  }
  return letters > 3 ? from + 36 : 0;
}

const GAP = new Uint8Array(256);
for (const sign of ' \t\n\r.-/+()\\') GAP[sign.charCodeAt(0)] = 1;
// Pieces of spaces and dashes that are more than one byte.
for (const byte of [0xc2, 0xa0, 0xe2, 0xe3, 0xaf]) GAP[byte] = 1;
for (let byte = 0x80; byte <= 0x95; byte++) GAP[byte] = 1;
const WIDEST = 9;

function reachBack({ bytes, start }: Looked, wordStart: number): number {
  const least = Math.max(start, wordStart - REACH);
  let from = wordStart;
  // One word of letters may stand inside: `GB82 WEST 1234`.
  for (let isLetters = false; ;) {
    let at = from;
    while (at > least && from - at < WIDEST && GAP[bytes[at - 1] ?? 0] === 1) at--;
    let word = at;
    let digits = 0;
    while (word > least && isWord(bytes[word - 1])) if (isDigit(bytes[--word])) digits++;
    if (word === at || (digits === 0 && (isLetters || at - word > 8))) return from;
    isLetters = digits === 0;
    from = word;
  }
}

function reachOn({ bytes, end }: Looked, wordEnd: number): number {
  const most = Math.min(end, wordEnd + REACH);
  let to = wordEnd;
  for (let isLast = false; ;) {
    let at = to;
    while (at < most && at - to < WIDEST && GAP[bytes[at] ?? 0] === 1) at++;
    let word = at;
    let digits = 0;
    while (word < most && isWord(bytes[word])) if (isDigit(bytes[word++])) digits++;
    if (word === at || (digits === 0 && (isLast || word - at > 8))) return to;
    isLast = digits === 0;
    to = word;
  }
}
