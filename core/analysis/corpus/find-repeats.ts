/**
 * The same question put to a tool again and again: three calls or more in a trace with the same arguments and the
 * same answer. A retry after an error is no repetition, nor is polling, whose answer changes in the end:
 *
 *   look(7) → A   look(7) → A   look(7) → A        three calls
 *   look(7) → !   look(7) → A   look(7) → A        one retry, two calls: none
 *   job(3) → ..   job(3) → ..   job(3) → done      polling: none
 */
import { at } from '../../model/assert.ts';
import { NO_DIGEST } from '../../model/digest-json.ts';
import { KIND_CODE } from '../../model/span-kind.ts';
import { SpanFlag } from '../../model/span-row.ts';
import type { SpanTable } from '../../model/span-table.ts';
import { compareStarts } from '../start-order.ts';

export const FEWEST_REPEATS = 3;

/** Rows of the calls of each repetition, by start. */
export function findRepeats(spans: SpanTable): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const { kind, callDigest, name } = spans.columns;
  for (let row = 0; row < spans.length; row++) {
    if (kind[row] !== KIND_CODE.function || at(callDigest, row) === NO_DIGEST) continue;
    const key = `${String(callDigest[row])} ${String(name[row])}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((rows) => {
    if (rows.length < FEWEST_REPEATS) return [];
    const calls = withoutRetries(spans, rows);
    return calls.length >= FEWEST_REPEATS && haveOneAnswer(spans, calls) ? [calls] : [];
  });
}

function withoutRetries(spans: SpanTable, rows: readonly number[]): readonly number[] {
  const { flags } = spans.columns;
  const byStart = rows.toSorted((a, b) => compareStarts(spans, a, b));
  const failed = (row: number | undefined): boolean =>
    row !== undefined && (at(flags, row) & SpanFlag.error) !== 0;
  return byStart.filter((row, i) => !failed(row) && !failed(byStart[i - 1]));
}

function haveOneAnswer({ columns: { resultDigest } }: SpanTable, rows: readonly number[]): boolean {
  return rows.every((row) => resultDigest[row] === resultDigest[rows[0] ?? row]);
}
