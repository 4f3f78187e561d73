/**
 * The automaton that a line is walked by: a table of states by classes of bytes, made once. It counts digits over the
 * gaps that numbers are written with, follows the words that name secrets, and stops at an event: a place that must be
 * judged. Everything else is one step in the table a byte.
 */
import {
  AMPERSAND,
  AT,
  BACK,
  BRACKET,
  CLASSES,
  COLON,
  DASH,
  DIGIT,
  DOT,
  LEAD,
  MARK,
  OTHER,
  PERCENT,
  QUOTE,
  SIGN,
  SOFT_QUOTE,
  SPACE,
  UNDERSCORE,
} from './byte-classes.ts';

/** What a step may come to instead of a state. */
export const EVENT = 0xff00;
export const [NUMBER, WORD, AT_SIGN, ESCAPE, COLONS, LOOK_ALIKE, FRAME] = [1, 2, 3, 4, 5, 6, 7] as const;

/** The ends of all names that a secret stands behind, and of what announces one in a header. */
const NAMES =
  'pass password passwd passphrase passcode pwd kennwort passwort contrasena contrase\u00f1a passe secret credential ' +
  'credentials creds key token session sessionid csrf cookie otp pin signature sig bearer basic apikey';
const FRAME_WORD = '-----begin';
/** What may stand right behind a name, before what assigns. */
const BEHIND = new Set<number>([QUOTE, SOFT_QUOTE, BACK, SPACE, COLON, SIGN, DASH, UNDERSCORE, LEAD]);
const GAPS = new Set<number>([DOT, DASH, MARK, SPACE, BRACKET, UNDERSCORE]);
/** The letters of months in an Italian fiscal code: digits stand on both sides of them, too few in a row to be counted. */
const MONTHS = new Set(Array.from('abcdehlmprst', (letter) => letter.charCodeAt(0) - 97));
/** So many digits, with gaps of at most three, may be a number of somebody. */
const FEWEST_DIGITS = 6;
const WIDEST_GAP = 3;

interface Place {
  /** In the tree of words. */
  readonly node: number;
  readonly digits: number;
  readonly gap: number;
  /** Dots between the numbers so far: three make an address. */
  readonly dots: number;
  /** 1 behind a backslash, 2 behind a quote. */
  readonly before: number;
  /** 1 behind two digits and a letter, 2 behind one more digit. */
  readonly mixed: number;
}

const START: Place = { node: 0, digits: 0, gap: 0, dots: 0, before: 0, mixed: 0 };

interface Words {
  readonly next: readonly (readonly number[])[];
  readonly isName: ReadonlySet<number>;
  readonly frame: number;
}

function classesOf(word: string): readonly number[] {
  return Array.from(word, (letter) => {
    if (letter === '-') return DASH;
    const code = letter.charCodeAt(0) - 97;
    return code >= 0 && code < 26 ? code : OTHER;
  });
}

/** All words at once: each node knows where it goes on, where not to the longest word that still may be. */
function makeWords(): Words {
  const children: Map<number, number>[] = [new Map<number, number>()];
  const isName = new Set<number>();
  const add = (word: string): number => {
    let node = 0;
    for (const kind of classesOf(word)) {
      let next = children[node]?.get(kind);
      if (next === undefined) {
        next = children.push(new Map()) - 1;
        children[node]?.set(kind, next);
      }
      node = next;
    }
    return node;
  };
  // The letter with the tilde is two bytes, neither of them known.
  for (const name of NAMES.split(' ')) isName.add(add(name.replace('\u00f1', '\u00f1\u00f1')));
  const frame = add(FRAME_WORD);
  const next: number[][] = [Array.from({ length: CLASSES }, (_, kind) => children[0]?.get(kind) ?? 0)];
  const fallback = [0];
  const queue = [0];
  for (const node of queue) {
    for (const [kind, child] of children[node] ?? []) {
      const other = node === 0 ? 0 : (next[fallback[node] ?? 0]?.[kind] ?? 0);
      fallback[child] = other;
      if (isName.has(other)) isName.add(child);
      next[child] = Array.from(
        { length: CLASSES },
        (_, own) => children[child]?.get(own) ?? next[other]?.[own] ?? 0,
      );
      queue.push(child);
    }
  }
  return { next, isName, frame };
}

const SOFT = new Set(Array.from('nrtbf', (letter) => letter.charCodeAt(0) - 97));
const [U, X] = [20, 23];

function step(place: Place, kind: number, words: Words): Place | number {
  if (words.isName.has(place.node) && BEHIND.has(kind)) return WORD;
  const node = words.next[place.node]?.[kind] ?? 0;
  if (node === words.frame) return FRAME;
  if (place.before === 1) {
    if (kind === BACK) return place;
    if (kind === U || kind === X) return ESCAPE;
    if (kind === QUOTE) return { ...widen(place, 0), before: 2 };
    if (kind === SOFT_QUOTE || kind === MARK || SOFT.has(kind)) return widen(place, 0);
  }
  switch (kind) {
    case AT:
      return AT_SIGN;
    case PERCENT:
    case AMPERSAND:
      return ESCAPE;
    case LEAD:
      return LOOK_ALIKE;
    case COLON:
      return place.before === 2 ? START : COLONS;
    case QUOTE:
      return { ...START, before: 2 };
    case BACK:
      return { ...place, node: 0, before: 1, mixed: 0 };
    case DIGIT:
      return countDigit(place);
    default:
      if (!GAPS.has(kind)) {
        const isMixed = place.digits > 1 && place.gap === 0 && MONTHS.has(kind);
        return { ...START, node, mixed: isMixed ? 1 : 0 };
      }
      return { ...widen(place, node), dots: kind === DOT && place.gap === 0 ? countDot(place) : 0 };
  }
}

function countDigit({ digits, dots, mixed }: Place): Place | number {
  if (digits + 1 >= FEWEST_DIGITS || (dots === 3 && digits > 2) || mixed === 2) return NUMBER;
  return { node: 0, digits: digits + 1, gap: 0, dots, before: 0, mixed: mixed === 1 ? 2 : 0 };
}

function countDot({ digits, dots }: Place): number {
  return digits === 0 ? 0 : Math.min(dots + 1, 3);
}

function widen({ digits, gap }: Place, node: number): Place {
  const isFar = digits === 0 || gap + 1 > WIDEST_GAP;
  return { node, digits: isFar ? 0 : digits, gap: isFar ? 0 : gap + 1, dots: 0, before: 0, mixed: 0 };
}

/** Rows of 64: the row of the next state, or an event. The first row is where everything begins. */
export const LOOK_TABLE: Uint16Array = makeTable();

function makeTable(): Uint16Array {
  const words = makeWords();
  const rows = new Map<string, number>();
  const places: Place[] = [];
  const rowOf = (place: Place): number => {
    const name = [place.node, place.digits, place.gap, place.dots, place.before, place.mixed].join(' ');
    let row = rows.get(name);
    if (row === undefined) {
      row = places.push(place) - 1;
      rows.set(name, row);
    }
    return row * CLASSES;
  };
  rowOf(START);
  const table: number[] = [];
  // Places that are found while walking are walked, too.
  for (const place of places) {
    for (let kind = 0; kind < CLASSES; kind++) {
      const next = step(place, kind, words);
      table.push(typeof next === 'number' ? EVENT + next : rowOf(next));
    }
  }
  if (places.length * CLASSES > EVENT) throw new RangeError('the look has too many states');
  return Uint16Array.from(table);
}
