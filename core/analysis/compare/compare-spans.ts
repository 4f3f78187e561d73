/** What is other in one of two spans that belong together, as far as their columns tell. */
import { at } from '../../model/assert.ts';
import { SpanFlag } from '../../model/span-row.ts';
import type { SpanTable } from '../../model/span-table.ts';
import type { EpochUs } from '../../model/time.ts';
import { computeSpanExtents, type SpanExtents } from '../span-extents.ts';
import { tokensOf } from '../span-statistics.ts';
import { saysTokens } from '../usage-leaves.ts';
import type { AlignedSpans } from './align-spans.ts';

/** What two spans are measured by: microseconds, tokens, US dollars with all that stands below. */
export const MEASURES = ['duration', 'tokens', 'cost'] as const;
export type CompareMeasure = (typeof MEASURES)[number];

/** One of the two traces with what its lines are compared by. */
export interface MeasuredSpans {
  readonly table: SpanTable;
  readonly extents: SpanExtents;
  /** US dollars with all that stands below, by row; NaN where unknown. Undefined: not reckoned yet. */
  readonly wholeUsd: Float64Array | undefined;
}

/** Undefined where it is unknown, or the span is not there. */
export interface ComparedFigure {
  readonly a: number | undefined;
  readonly b: number | undefined;
  /** B minus A; a span that is not there took nothing. */
  readonly more: number | undefined;
}

export interface ComparedLine {
  /** The span is in one trace alone. */
  readonly onlyIn: 'a' | 'b' | undefined;
  readonly error: 'gone' | 'new' | 'both' | undefined;
  /** The models, where they differ. */
  readonly models: readonly [a: string, b: string] | undefined;
}

export function measureSpans(
  table: SpanTable,
  openEndUs: EpochUs,
  wholeUsd: Float64Array | undefined,
): MeasuredSpans {
  return { table, extents: computeSpanExtents(table, openEndUs), wholeUsd };
}

export function compareLine(
  { rowA, rowB }: AlignedSpans,
  line: number,
  a: MeasuredSpans,
  b: MeasuredSpans,
): ComparedLine {
  const [inA, inB] = [at(rowA, line), at(rowB, line)];
  return {
    onlyIn: inB < 0 ? 'a' : inA < 0 ? 'b' : undefined,
    error: compareErrors(hasError(a, inA), hasError(b, inB)),
    models: compareModels(modelAt(a, inA), modelAt(b, inB)),
  };
}

export function compareFigure(
  { rowA, rowB }: AlignedSpans,
  line: number,
  a: MeasuredSpans,
  b: MeasuredSpans,
  measure: CompareMeasure,
): ComparedFigure {
  const [inA, inB] = [at(rowA, line), at(rowB, line)];
  const found = { a: READ[measure](a, inA), b: READ[measure](b, inB) };
  const from = inA < 0 ? 0 : found.a;
  const to = inB < 0 ? 0 : found.b;
  return { ...found, more: from === undefined || to === undefined ? undefined : to - from };
}

const READ: Readonly<Record<CompareMeasure, (side: MeasuredSpans, row: number) => number | undefined>> = {
  duration: ({ extents: { start, end } }, row) => known(row < 0 ? Number.NaN : at(end, row) - at(start, row)),
  tokens: ({ table }, row) => (row >= 0 && saysTokens(table, row) ? tokensOf(table, row) : undefined),
  cost: ({ wholeUsd }, row) => known(row < 0 ? Number.NaN : (wholeUsd?.[row] ?? Number.NaN)),
};

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function hasError({ table }: MeasuredSpans, row: number): boolean {
  return row >= 0 && (at(table.columns.flags, row) & SpanFlag.error) !== 0;
}

function compareErrors(inA: boolean, inB: boolean): ComparedLine['error'] {
  if (inA) return inB ? 'both' : 'gone';
  return inB ? 'new' : undefined;
}

function modelAt({ table }: MeasuredSpans, row: number): string | undefined {
  return row < 0 ? undefined : table.text('model', row);
}

function compareModels(a: string | undefined, b: string | undefined): ComparedLine['models'] {
  return a === undefined || b === undefined || a === b ? undefined : [a, b];
}
