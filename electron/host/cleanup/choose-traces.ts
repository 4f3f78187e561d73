/** Which traces a scope means, oldest first. A rule never takes a trace that is still running. */
import { findOldTraces } from '../../../core/analysis/old-traces.ts';
import { assertNever } from '../../../core/model/assert.ts';
import type { EpochUs } from '../../../core/model/time.ts';
import type { CleanupScope } from '../../../core/rpc/cleanup.ts';
import type { TraceMeasure } from './measure-traces.ts';

export interface Circumstances {
  readonly nowUs: EpochUs;
  /** Of the journal's segments, less what no deletion frees any more; counts only where bytes are asked for. */
  readonly bytesOnDisk: number;
  readonly isRunning: (traceId: string) => boolean;
}

export function chooseTraces(
  scope: CleanupScope,
  measures: Iterable<TraceMeasure>,
  { nowUs, bytesOnDisk, isRunning }: Circumstances,
): readonly TraceMeasure[] {
  const oldestFirst = [...measures].sort((a, b) => a.lastSeenUs - b.lastSeenUs);
  switch (scope.kind) {
    case 'traces':
      return oldestFirst;
    case 'older-than':
      return findOldTraces(oldestFirst, nowUs - scope.seconds * 1_000_000, isRunning);
    case 'down-to':
      return takeUntil(
        oldestFirst.filter(({ id }) => !isRunning(id)),
        bytesOnDisk - scope.bytes,
      );
    default:
      return assertNever(scope);
  }
}

function takeUntil(traces: readonly TraceMeasure[], bytes: number): readonly TraceMeasure[] {
  let freed = 0;
  let count = 0;
  for (const { diskBytes } of traces) {
    if (freed >= bytes) break;
    freed += diskBytes;
    count++;
  }
  return traces.slice(0, count);
}
