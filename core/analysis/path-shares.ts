/** What the time on the critical path was spent with, in the words of agents: the model, tools, waiting, the rest. */
import { assertNever, at } from '../model/assert.ts';
import { kindOf, type SpanKind } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs } from '../model/time.ts';
import type { CriticalPath } from './critical-path.ts';

export interface PathShares {
  /** Calls of a model: generation, response, transcription, speech. */
  readonly modelUs: DurationUs;
  /** Functions, MCP servers, guardrails. */
  readonly toolUs: DurationUs;
  /** Nothing of the trace ran. */
  readonly waitingUs: DurationUs;
  /** Own time of agents, tasks, turns, handoffs and custom spans. */
  readonly overheadUs: DurationUs;
}

export type PathShare = 'model' | 'tool' | 'waiting' | 'overhead';

/** The four add up to the length of the path. */
export function computePathShares(table: SpanTable, path: CriticalPath): PathShares {
  const sums = { model: 0, tool: 0, waiting: 0, overhead: 0 };
  for (const { row, startUs, endUs } of path.segments) sums[pathShareOf(table, row)] += endUs - startUs;
  return { modelUs: sums.model, toolUs: sums.tool, waitingUs: sums.waiting, overheadUs: sums.overhead };
}

/** Which share a segment of the path belongs to; `row` as in `PathSegment`. */
export function pathShareOf(table: SpanTable, row: number): PathShare {
  return row < 0 ? 'waiting' : shareOfKind(kindOf(at(table.columns.kind, row)));
}

function shareOfKind(kind: SpanKind): PathShare {
  switch (kind) {
    case 'generation':
    case 'response':
    case 'transcription':
    case 'speech':
      return 'model';
    case 'function':
    case 'mcp_tools':
    case 'guardrail':
      return 'tool';
    case 'custom':
    case 'agent':
    case 'handoff':
    case 'task':
    case 'turn':
    case 'speech_group':
      return 'overhead';
    default:
      return assertNever(kind);
  }
}
