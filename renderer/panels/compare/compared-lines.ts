/** Which lines of two compared traces are shown, and what is said of one. */
import type { AlignedSpans } from '../../../core/analysis/compare/align-spans.ts';
import {
  compareFigure,
  compareLine,
  type CompareMeasure,
  type MeasuredSpans,
} from '../../../core/analysis/compare/compare-spans.ts';
import { at } from '../../../core/model/assert.ts';
import { formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';
import { formatDuration } from '../../format/duration.ts';

/** Both traces, laid side by side. */
export interface Compared {
  readonly aligned: AlignedSpans;
  readonly a: MeasuredSpans;
  readonly b: MeasuredSpans;
}

/** By so much, and by such a share, a span must be slower or faster to count as other. */
const NOTABLE_SHARE = 0.2;
const NOTABLE_US = 50_000;

/** Every line, or those that differ with what stands above them. */
export function listLines(compared: Compared, onlyOther: boolean): readonly number[] {
  const { aligned } = compared;
  const all = Array.from(aligned.rowA, (_, line) => line);
  if (!onlyOther) return all;
  const shown = new Set<number>();
  for (const line of all) {
    if (!isOther(compared, line)) continue;
    for (let above = line; above >= 0 && !shown.has(above); above = at(aligned.parent, above))
      shown.add(above);
  }
  return all.filter((line) => shown.has(line));
}

export function isOther({ aligned, a, b }: Compared, line: number): boolean {
  const { onlyIn, error, models } = compareLine(aligned, line, a, b);
  if (onlyIn !== undefined || models !== undefined || error === 'gone' || error === 'new') return true;
  const longer = compareFigure(aligned, line, a, b, 'duration');
  const isSlower = Math.abs(longer.more ?? 0) >= Math.max(NOTABLE_US, (longer.a ?? 0) * NOTABLE_SHARE);
  return isSlower || (compareFigure(aligned, line, a, b, 'tokens').more ?? 0) !== 0;
}

/** The largest difference of all lines, which fills the bar. */
export function findLargest({ aligned, a, b }: Compared, measure: CompareMeasure): number {
  let largest = 0;
  for (let line = 0; line < aligned.rowA.length; line++) {
    largest = Math.max(largest, Math.abs(compareFigure(aligned, line, a, b, measure).more ?? 0));
  }
  return largest;
}

const FORMAT: Readonly<Record<CompareMeasure, (value: number) => string>> = {
  duration: formatDuration,
  tokens: formatCount,
  cost: formatUsd,
};

export function formatFigure(measure: CompareMeasure, value: number | undefined): string {
  return value === undefined ? '–' : FORMAT[measure](value);
}

/** With its sign: `+0.64 s`, `−1,200`, `±0`. */
export function formatMore(measure: CompareMeasure, more: number | undefined): string {
  if (more === undefined) return '–';
  if (more === 0) return '±0';
  return `${more > 0 ? '+' : '−'}${FORMAT[measure](Math.abs(more))}`;
}

/** The change against what it was: `−31 %`; empty where there is nothing to be a share of. */
export function formatChange(a: number, b: number): string {
  if (a === b || a === 0) return '';
  const share = Math.round(((b - a) / a) * 100);
  return `${share > 0 ? '+' : share < 0 ? '−' : '±'}${formatCount(Math.abs(share))} %`;
}
