/** Tells whether a trace is still the one that a result was made of: another record, another revision. */
import { createHash } from 'node:crypto';
import { at } from '../../../core/model/assert.ts';
import type { TraceStatus } from '../../../core/model/trace-summary.ts';
import type { GatheredTrace } from '../library/gather-trace.ts';

/** Does not depend on the order in which the records came. `prices`: those that were read; empty: none. */
export function reviseTrace(
  { table, rows, entry }: GatheredTrace,
  status: TraceStatus,
  prices: string,
): string {
  const { digest } = table.columns;
  let mixed = 0;
  let sum = 0;
  for (const row of rows) {
    const each = at(digest, row);
    mixed ^= each;
    sum = (sum + each) >>> 0;
  }
  const told = JSON.stringify([rows.length, mixed, sum, status, entry.headers, prices]);
  return createHash('sha256').update(told).digest('base64url').slice(0, 16);
}
