/** How many traces began when: bins of a round length, at round times, so that no bar moves when one arrives. */
import type { DurationUs, EpochUs } from '../model/time.ts';
import { CONDITION } from './filter-rows.ts';
import type { TimeHistogram } from './library-query.ts';
import { STATUS_CODES } from './summary-column-types.ts';
import type { SummaryColumns } from './summary-columns.ts';

/**
 * Before this nobody traced an agent: the clock of such a trace began with it, or with its machine. Where others
 * know the day, it would stretch the axis over fifty years.
 */
const CLOCKED_FROM_US: EpochUs = Date.UTC(1980, 0, 1) * 1000;

/** Undefined where no trace has a time. */
export function computeHistogram(
  traces: SummaryColumns,
  failed: Uint8Array,
  mostBins: number,
): TimeHistogram | undefined {
  const { columns, rows } = traces;
  const counted = (row: number): boolean =>
    columns.idForm[row] !== 0 && ((failed[row] ?? 0) & ~CONDITION.time) === 0;
  let firstUs = Infinity;
  let lastUs = -Infinity;
  let clockless = 0;
  let firstClockedUs = Infinity;
  for (let row = 0; row < rows; row++) {
    const startedUs = columns.startedUs[row] ?? 0;
    if (Number.isNaN(startedUs) || !counted(row)) continue;
    if (startedUs < firstUs) firstUs = startedUs;
    if (startedUs > lastUs) lastUs = startedUs;
    if (startedUs < CLOCKED_FROM_US) clockless++;
    else if (startedUs < firstClockedUs) firstClockedUs = startedUs;
  }
  if (firstUs > lastUs) return undefined;
  if (firstClockedUs === Infinity) clockless = 0;
  else firstUs = firstClockedUs;
  const stepUs = roundStep(firstUs, lastUs, Math.max(1, mostBins));
  const startUs = Math.floor(firstUs / stepUs) * stepUs;
  const bins = Math.floor((lastUs - startUs) / stepUs) + 1;
  const counts = new Array<number>(bins).fill(0);
  const errors = new Array<number>(bins).fill(0);
  const failedStatus = STATUS_CODES.indexOf('failed');
  for (let row = 0; row < rows; row++) {
    const startedUs = columns.startedUs[row] ?? 0;
    if (Number.isNaN(startedUs) || !counted(row)) continue;
    const bin = Math.floor((startedUs - startUs) / stepUs);
    if (bin < 0) continue;
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (columns.errors[row] !== 0 || columns.status[row] === failedStatus)
      errors[bin] = (errors[bin] ?? 0) + 1;
  }
  return { startUs, stepUs, counts, failed: errors, clockless };
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly DurationUs[] = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((days) => days * DAY),
];

/** The shortest round step by which the bins from the first to the last time are not too many. */
function roundStep(firstUs: number, lastUs: number, most: number): DurationUs {
  const isEnough = (step: DurationUs): boolean =>
    Math.floor(lastUs / step) - Math.floor(firstUs / step) < most;
  const step = STEPS.find(isEnough);
  if (step !== undefined) return step;
  let years = 364 * DAY;
  while (!isEnough(years)) years *= 2;
  return years;
}
