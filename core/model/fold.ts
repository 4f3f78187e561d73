/**
 * Many reports of a span become one row. The rule is commutative, associative and idempotent, so the order
 * of arrival and the number of copies never matter: ended beats open, then the processor's report beats the
 * exporter's, then the larger canonical JSON wins; and what the winner does not say, the next one says.
 * `mergeSpanRecords` does the same to the full records.
 */
import { at } from './assert.ts';
import { SpanIdIndex } from './span-id-index.ts';
import { SpanFlag } from './span-row.ts';
import { makeColumns, SpanTable, STRING_COLUMNS, type Columns } from './span-table.ts';

/**
 * Orders two reports by the canonical JSON of their lines: negative, 0 or positive. It is asked only where
 * two reports of equal rank have different digests, which is rare; reading the lines is its business.
 */
export type CompareReports = (rowA: number, rowB: number) => number;

/**
 * Columns for one folded trace after the other: what was folded before is written over. Whoever goes over all traces
 * of a library would else leave thirty arrays a trace behind.
 */
export class FoldRoom {
  #columns = makeColumns(0);

  columnsFor(rows: number): Columns {
    if (this.#columns.startUs.length < rows) this.#columns = makeColumns(rows * 2);
    return this.#columns;
  }
}

/**
 * Folds the `rows` of one trace to one row a span, in order of first appearance. The result shares the
 * table's strings, and its columns too where the table holds nothing but these spans, each once: neither may be
 * changed. Its `trace` column is 0 and it lists no traces.
 */
export function foldSpans(
  table: SpanTable,
  rows: Iterable<number>,
  compare: CompareReports,
  room?: FoldRoom,
): SpanTable {
  const all = [...rows];
  const index = new SpanIdIndex(table, all.length);
  const firsts: number[] = [];
  /** Reports of spans that have more than one, by their first. */
  const reports = new Map<number, number[]>();
  for (const row of all) {
    const known = index.add(row);
    if (known < 0) firsts.push(row);
    else getReports(reports, known).push(row);
  }
  if (reports.size === 0 && isWhole(table, firsts)) return shareRows(table);
  const folded = SpanTable.copyRows(table, firsts, room?.columnsFor(firsts.length));
  if (reports.size === 0) return folded;
  firsts.forEach((first, into) => {
    const copies = reports.get(first);
    if (copies !== undefined) foldReports(table, copies, compare, folded, into);
  });
  return folded;
}

function shareRows({ columns, length, strings }: SpanTable): SpanTable {
  const shared = { ...columns, trace: new Uint32Array(length) };
  return new SpanTable({ columns: shared, length, strings, traces: [] });
}

/** Whether these are all rows of a table that has no room for more. */
function isWhole({ length, columns }: SpanTable, rows: readonly number[]): boolean {
  return (
    rows.length === columns.startUs.length && rows.length === length && rows.every((row, i) => row === i)
  );
}

function getReports(reports: Map<number, number[]>, first: number): number[] {
  const known = reports.get(first);
  if (known !== undefined) return known;
  const copies = [first];
  reports.set(first, copies);
  return copies;
}

/** Orders reports, the winner first, and lays them over each other into row `into` of `folded`. */
function foldReports(
  table: SpanTable,
  reports: readonly number[],
  compare: CompareReports,
  folded: SpanTable,
  into: number,
): void {
  const c = table.columns;
  const rank = (row: number): number => reportRank(at(c.flags, row));
  const same = (a: number, b: number): boolean => c.digest[a] === c.digest[b] && c.length[a] === c.length[b];
  const ordered = reports.toSorted((a, b) => {
    if (rank(a) !== rank(b)) return rank(b) - rank(a);
    return same(a, b) ? 0 : compare(b, a);
  });
  const conflict = ordered.some((row, i) => {
    const before = i === 0 ? row : at(ordered, i - 1);
    return rank(row) === rank(before) && !same(row, before) && compare(row, before) !== 0;
  });
  const [winner, ...rest] = ordered;
  if (winner === undefined) return;
  copyRow(c, winner, folded.columns, into);
  for (const row of rest) fillAbsent(c, row, folded.columns, into);
  if (conflict) folded.columns.flags[into] = at(folded.columns.flags, into) | SpanFlag.conflict;
}

/** 3 for an ended report of a processor, 2 for an ended one of an exporter, 1 and 0 for open ones. */
export function reportRank(flags: number): number {
  return (flags & SpanFlag.ended ? 2 : 0) + (flags & SpanFlag.processor ? 1 : 0);
}

const NUMBERS = ['startUs', 'endUs'] as const;
/** 0 in them says nothing. */
const WORDS = [...STRING_COLUMNS, 'callDigest', 'resultDigest'] as const;
const TOKENS = [
  'inputTokens',
  'outputTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'reasoningTokens',
  'totalTokens',
] as const;
const PARENT = ['parentA', 'parentB', 'parentC', 'parentForm'] as const;
const COPIED = [
  ...NUMBERS,
  ...WORDS,
  ...TOKENS,
  ...PARENT,
  ...(['kind', 'flags', 'offset', 'length', 'digest'] as const),
] as const;

function copyRow(from: Columns, row: number, to: Columns, into: number): void {
  for (const name of COPIED) to[name][into] = at(from[name], row);
}

function fillAbsent(from: Columns, row: number, to: Columns, into: number): void {
  for (const name of NUMBERS) if (Number.isNaN(at(to[name], into))) to[name][into] = at(from[name], row);
  for (const name of WORDS) if (to[name][into] === 0) to[name][into] = at(from[name], row);
  if (to.parentForm[into] === 0) for (const name of PARENT) to[name][into] = at(from[name], row);
  if (TOKENS.every((name) => at(to[name], into) < 0)) {
    for (const name of TOKENS) to[name][into] = at(from[name], row);
  }
  to.flags[into] = joinFlags(at(to.flags, into), at(from.flags, row));
}

/** `winner` keeps what it says; an error and a tripwire are taken over only where it says nothing. */
function joinFlags(winner: number, other: number): number {
  let flags = winner | (other & (SpanFlag.ended | SpanFlag.processor));
  if (!(winner & SpanFlag.error)) flags |= other & (SpanFlag.error | SpanFlag.nonFatal);
  if (!(winner & SpanFlag.triggeredKnown)) flags |= other & (SpanFlag.triggeredKnown | SpanFlag.triggered);
  return flags;
}
