/**
 * Sorts rows by a number each. By radix, digit by digit: a million rows take a twentieth of what comparing
 * them pair by pair takes. Only rows with equal numbers are compared.
 */
import { at } from './assert.ts';

/** Fewer are compared: counting digits would take longer. */
const FEW = 256;

/** In place; `keys` by row. What has no number (NaN) stands last. */
export function sortRowsBy(
  rows: Uint32Array,
  keys: Float64Array,
  compareTies: (a: number, b: number) => number,
): void {
  if (rows.length < FEW) {
    rows.sort((a, b) => compareNumbers(at(keys, a), at(keys, b)) || compareTies(a, b));
    return;
  }
  const sorted = sortPlaces(makeWords(rows, keys), rows.length).map((place) => at(rows, place));
  rows.set(sorted);
  sortTies(rows, keys, compareTies);
}

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

const ALL_ONES = 0xffff_ffff;
const SIGN = 0x8000_0000;

/** Two words a row, the lower one first, turned so that they sort as the doubles do. */
function makeWords(rows: Uint32Array, keys: Float64Array): Uint32Array {
  const doubles = new Float64Array(rows.length);
  // Adding 0 makes one of the two zeros.
  for (let i = 0; i < rows.length; i++) doubles[i] = at(keys, at(rows, i)) + 0;
  const words = new Uint32Array(doubles.buffer);
  for (let i = 0; i < words.length; i += 2) {
    const upper = at(words, i + 1);
    if (Number.isNaN(at(doubles, i / 2))) {
      words[i] = ALL_ONES;
      words[i + 1] = ALL_ONES;
    } else if (upper >= SIGN) {
      words[i] = ~at(words, i);
      words[i + 1] = ~upper;
    } else {
      words[i + 1] = upper | SIGN;
    }
  }
  return words;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** The places 0 to `count`, in order of their words; what is equal stays as it stands. */
function sortPlaces(words: Uint32Array, count: number): Uint32Array {
  let order = new Uint32Array(count);
  let spare = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const starts = new Uint32Array(DIGITS);
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      starts.fill(0);
      for (let i = half; i < words.length; i += 2) {
        const digit = ((words[i] ?? 0) >>> shift) & (DIGITS - 1);
        starts[digit] = (starts[digit] ?? 0) + 1;
      }
      // One digit for all: nothing to do.
      if (starts[((words[half] ?? 0) >>> shift) & (DIGITS - 1)] === count) continue;
      sumUp(starts);
      for (let i = 0; i < count; i++) {
        const place = order[i] ?? 0;
        const digit = ((words[place * 2 + half] ?? 0) >>> shift) & (DIGITS - 1);
        const to = starts[digit] ?? 0;
        starts[digit] = to + 1;
        spare[to] = place;
      }
      [order, spare] = [spare, order];
    }
  }
  return order;
}

/** Makes counts into where each begins. */
function sumUp(starts: Uint32Array): void {
  let sum = 0;
  for (let digit = 0; digit < starts.length; digit++) {
    const count = starts[digit] ?? 0;
    starts[digit] = sum;
    sum += count;
  }
}

function sortTies(
  rows: Uint32Array,
  keys: Float64Array,
  compareTies: (a: number, b: number) => number,
): void {
  for (let from = 0; from < rows.length;) {
    const key = at(keys, at(rows, from));
    let to = from + 1;
    while (to < rows.length && compareNumbers(key, at(keys, at(rows, to))) === 0) to++;
    if (to - from > FEW_TIES) rows.subarray(from, to).sort(compareTies);
    else insertTies(rows, from, to, compareTies);
    from = to;
  }
}

/** Clocks that tell milliseconds make many pairs: a call of `sort` for each would be most of the time. */
const FEW_TIES = 12;

function insertTies(
  rows: Uint32Array,
  from: number,
  to: number,
  compareTies: (a: number, b: number) => number,
): void {
  for (let i = from + 1; i < to; i++) {
    const row = at(rows, i);
    let place = i;
    for (; place > from && compareTies(at(rows, place - 1), row) > 0; place--) {
      rows[place] = at(rows, place - 1);
    }
    rows[place] = row;
  }
}
