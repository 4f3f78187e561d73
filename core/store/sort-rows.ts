/**
 * The order of rows by one column, equal values by id. By radix, digit by digit: 100,000 rows take a few
 * milliseconds, and a comparison a pair would take ten times that.
 */
import type { LibrarySort, SortColumn } from './library-query.ts';
import type { SummaryColumns } from './summary-columns.ts';
import { TraceIdForm } from './trace-id-words.ts';

/** Sorts `rows` in place of a new array. What has no value stands last in both directions. `usd`: costs by row. */
export function sortRows(
  traces: SummaryColumns,
  rows: Uint32Array,
  sort: LibrarySort,
  usd: Float64Array = NO_COSTS,
): Uint32Array {
  const words = makeWords(rows.length);
  let order = inIdOrder(traces, rows);
  const keys = sortKeys(traces, sort.by, order, usd);
  for (const half of [0, 1]) {
    fillKeyWords(keys, order, half, sort.descending, words);
    order = sortByWords(order, words);
  }
  return order;
}

const NO_COSTS = new Float64Array();

interface Words {
  /** One word a row of the order, in that order. */
  word: Uint32Array;
  spareWord: Uint32Array;
  spareOrder: Uint32Array;
}

function makeWords(length: number): Words {
  return {
    word: new Uint32Array(length),
    spareWord: new Uint32Array(length),
    spareOrder: new Uint32Array(length),
  };
}

/** The order of all ids, until one comes or goes: most questions ask about the same ids in another way. */
const idOrders = new WeakMap<SummaryColumns, { readonly version: number; readonly order: Uint32Array }>();

function inIdOrder(traces: SummaryColumns, rows: Uint32Array): Uint32Array {
  let known = idOrders.get(traces);
  if (known?.version !== traces.idsVersion) {
    known = { version: traces.idsVersion, order: sortById(traces) };
    idOrders.set(traces, known);
  }
  const wanted = new Uint8Array(traces.rows);
  for (let i = 0; i < rows.length; i++) wanted[rows[i] ?? 0] = 1;
  const order = new Uint32Array(rows.length);
  let length = 0;
  for (let i = 0; i < known.order.length; i++) {
    const row = known.order[i] ?? 0;
    if (wanted[row] === 1) order[length++] = row;
  }
  return order;
}

/** By form, then digits; ids that are texts by their texts. */
function sortById(traces: SummaryColumns): Uint32Array {
  const rows = Uint32Array.from({ length: traces.rows }, (_, row) => row);
  const words = makeWords(rows.length);
  const { idA, idB, idC, idD, idForm } = traces.columns;
  const ranks = rankTextIds(traces, rows);
  let order: Uint32Array = rows.slice();
  for (const column of [idD, idC, idB, idA, idForm]) {
    for (let i = 0; i < order.length; i++) {
      const row = order[i] ?? 0;
      const isText = column === idA && idForm[row] === TraceIdForm.text;
      words.word[i] = isText ? (ranks.get(row) ?? 0) : (column[row] ?? 0);
    }
    order = sortByWords(order, words);
  }
  return order;
}

function rankTextIds(traces: SummaryColumns, rows: Uint32Array): ReadonlyMap<number, number> {
  const texts: { readonly row: number; readonly id: string }[] = [];
  for (const row of rows) {
    if (traces.columns.idForm[row] === TraceIdForm.text) texts.push({ row, id: traces.idAt(row) });
  }
  texts.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(texts.map(({ row }, rank) => [row, rank]));
}

/** The value of each row of a column as a number; NaN where there is none. */
function sortKeys(
  traces: SummaryColumns,
  by: SortColumn,
  rows: Uint32Array,
  usd: Float64Array,
): ArrayLike<number> {
  const { columns: c } = traces;
  const list = (column: Uint32Array): Float64Array =>
    rankTexts(column, rows, traces.rows, (code) => traces.lists.texts(code).join(' → '));
  switch (by) {
    case 'status':
      return c.status;
    case 'workflow':
      return rankTexts(c.workflow, rows, traces.rows, (code) => traces.names.at(code) ?? '');
    case 'group':
      return rankTexts(c.group, rows, traces.rows, (code) => traces.ids.at(code) ?? '');
    case 'agents':
      return list(c.path);
    case 'models':
      return list(c.models);
    case 'origins':
      return list(c.origins);
    case 'started':
      return c.startedUs;
    case 'duration':
      return c.durationMs;
    case 'spans':
      return c.spans;
    case 'tokens':
      return c.totalTokens;
    case 'cost':
      return usd;
    case 'errors':
      return c.errors;
  }
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The place of each row's text among those that are there, as a person would sort them. */
function rankTexts(
  column: Uint32Array,
  rows: Uint32Array,
  capacity: number,
  textOf: (code: number) => string,
): Float64Array {
  const used = new Set<number>();
  for (const row of rows) used.add(column[row] ?? 0);
  const texts = [...used].map((code) => ({ code, text: textOf(code) }));
  texts.sort((a, b) => COLLATOR.compare(a.text, b.text) || (a.text < b.text ? -1 : 1));
  const ranks = new Map(texts.map(({ code, text }, rank) => [code, text === '' ? Number.NaN : rank]));
  const keys = new Float64Array(capacity);
  for (const row of rows) keys[row] = ranks.get(column[row] ?? 0) ?? Number.NaN;
  return keys;
}

const bits = new DataView(new ArrayBuffer(8));
const ALL_ONES = 0xffff_ffff;
const SIGN = 0x8000_0000;

/** Half 0 is the lower word of a double, 1 the upper one, both turned so that words sort as the doubles do. */
function fillKeyWords(
  keys: ArrayLike<number>,
  order: Uint32Array,
  half: number,
  descending: boolean,
  { word }: Words,
): void {
  const turn = descending ? ALL_ONES : 0;
  for (let i = 0; i < order.length; i++) {
    const key = keys[order[i] ?? 0] ?? Number.NaN;
    if (Number.isNaN(key)) {
      word[i] = ALL_ONES;
      continue;
    }
    // Adding 0 makes one of the two zeros.
    bits.setFloat64(0, key + 0);
    const upper = bits.getUint32(0);
    const isNegative = upper >= SIGN;
    const value = half === 1 ? upper : bits.getUint32(4);
    const ascending = isNegative ? ~value : half === 1 ? value ^ SIGN : value;
    word[i] = ascending ^ turn;
  }
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts the order by the words beside it, keeping what is equal as it stands. */
function sortByWords(rows: Uint32Array, words: Words): Uint32Array {
  let order: Uint32Array = rows;
  const starts = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const { word, spareWord, spareOrder } = words;
    starts.fill(0);
    for (let i = 0; i < word.length; i++) {
      const digit = digitOf(word[i] ?? 0, shift);
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    // One digit for all: nothing to do.
    if (word.length === 0 || starts[digitOf(word[0] ?? 0, shift)] === word.length) continue;
    let sum = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = starts[digit] ?? 0;
      starts[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < word.length; i++) {
      const digit = digitOf(word[i] ?? 0, shift);
      const place = starts[digit] ?? 0;
      starts[digit] = place + 1;
      spareWord[place] = word[i] ?? 0;
      spareOrder[place] = order[i] ?? 0;
    }
    words.word = spareWord;
    words.spareWord = word;
    words.spareOrder = order;
    order = spareOrder;
  }
  return order;
}

function digitOf(word: number, shift: number): number {
  return (word >>> shift) & (DIGITS - 1);
}
