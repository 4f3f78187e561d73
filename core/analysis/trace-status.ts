/**
 * Whether a trace runs, ended well or failed. The SDKs report no end and no status of a trace, so it is
 * drawn from its spans, from the host's clock, and from a processor's word where there is one.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { EpochUs } from '../model/time.ts';
import type { TraceEntry } from '../model/trace-entry.ts';
import type { TraceStatus } from '../model/trace-summary.ts';
import type { SpanTree } from './span-tree.ts';

/** Two export periods of the SDK: after so long without a record a trace whose root ended is over. */
export const QUIET_US = 10_000_000;

export function computeStatus(
  spans: SpanTable,
  tree: SpanTree,
  entry: TraceEntry,
  nowUs: EpochUs,
): TraceStatus {
  return isRunning(spans, entry, nowUs) ? 'in_progress' : hasFailed(spans, tree) ? 'failed' : 'completed';
}

/**
 * When a running trace may become final without another record: QUIET_US after its last one. Undefined
 * where only a record can end it (an open root, no ended one) or where it is final.
 */
export function quietDeadlineUs(spans: SpanTable, entry: TraceEntry): EpochUs | undefined {
  if (!entry.live || entry.ended || !haveRootsEnded(spans)) return undefined;
  return entry.lastSeenUs + QUIET_US;
}

/** A span below a root that never ends does not keep a live trace running: its process may have died. */
function isRunning(spans: SpanTable, entry: TraceEntry, nowUs: EpochUs): boolean {
  if (!entry.live) return hasOpenSpan(spans);
  if (entry.ended) return false;
  return !haveRootsEnded(spans) || nowUs < entry.lastSeenUs + QUIET_US;
}

function hasOpenSpan(spans: SpanTable): boolean {
  const { flags } = spans.columns;
  for (let row = 0; row < spans.length; row++) if (!(at(flags, row) & SpanFlag.ended)) return true;
  return false;
}

/** True where there is a root, and none is open. */
function haveRootsEnded(spans: SpanTable): boolean {
  const { flags, parentForm } = spans.columns;
  let roots = 0;
  for (let row = 0; row < spans.length; row++) {
    if (parentForm[row] !== 0) continue;
    if (!(at(flags, row) & SpanFlag.ended)) return false;
    roots++;
  }
  return roots > 0;
}

/** A root task with an error; else an agent directly under the trace or a root task, or its last turn. */
function hasFailed(spans: SpanTable, tree: SpanTree): boolean {
  const failed = (row: number): boolean => (at(spans.columns.flags, row) & SpanFlag.error) !== 0;
  for (const row of tree.tops) {
    if (!isRoot(spans, row)) continue;
    if (isKind(spans, row, 'agent') && (failed(row) || failed(lastTurn(spans, tree, row)))) return true;
    if (!isKind(spans, row, 'task')) continue;
    if (failed(row)) return true;
    for (let child = at(tree.firstChild, row); child >= 0; child = at(tree.nextSibling, child)) {
      if (isKind(spans, child, 'agent') && (failed(child) || failed(lastTurn(spans, tree, child))))
        return true;
    }
  }
  return false;
}

function isRoot(spans: SpanTable, row: number): boolean {
  return spans.columns.parentForm[row] === 0;
}

function isKind(spans: SpanTable, row: number, kind: 'agent' | 'task' | 'turn'): boolean {
  return spans.columns.kind[row] === KIND_CODE[kind];
}

/** The last turn of an agent by start time, or the agent itself where it has none. */
function lastTurn(spans: SpanTable, tree: SpanTree, agent: number): number {
  let last = agent;
  for (let child = at(tree.firstChild, agent); child >= 0; child = at(tree.nextSibling, child)) {
    if (isKind(spans, child, 'turn')) last = child;
  }
  return last;
}
