/** What a row of the library shows of a trace: a part of T that fits into columns. */
import { readBegunUs } from '../model/begun-us.ts';
import type { TraceStatus, TraceSummary, TraceTokens } from '../model/trace-summary.ts';
import type { DurationMs, EpochUs } from '../model/time.ts';

export interface ListedTrace {
  readonly id: string;
  /** Empty where unknown. */
  readonly workflowName: string;
  readonly groupId: string | undefined;
  readonly status: TraceStatus;
  /** NaN where unknown. */
  readonly startedUs: EpochUs;
  readonly durationMs: DurationMs;
  readonly spans: number;
  readonly errors: number;
  readonly tokens: TraceTokens;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly sources: readonly string[];
  readonly origins: readonly string[];
  /** The way through the agents, at most MAX_STOPS of them. */
  readonly path: readonly string[];
  /** How many stops the way has in all. */
  readonly stops: number;
}

/** A conversation that was handed to and fro a thousand times is not kept whole in a list. */
export const MAX_STOPS = 24;

export function listTrace(trace: TraceSummary): ListedTrace {
  const stops = agentStops(trace);
  return {
    id: trace.id,
    workflowName: trace.workflowName,
    groupId: trace.groupId ?? undefined,
    status: trace.status,
    startedUs: readBegunUs(trace),
    durationMs: trace.durationMs,
    spans: trace.spans,
    errors: trace.errors,
    tokens: trace.tokens,
    agents: trace.agents,
    models: trace.models,
    sources: trace.sources,
    origins: trace.origins,
    path: stops.slice(0, MAX_STOPS),
    stops: stops.length,
  };
}

/** Follows the handoffs where there are any; else names the agents in order of their first start. */
export function agentStops({
  handoffs,
  agents,
}: Pick<TraceSummary, 'handoffs' | 'agents'>): readonly string[] {
  const stops: string[] = [];
  for (const [from, to] of handoffs) {
    if (from !== null && stops.at(-1) !== from) stops.push(from);
    if (to !== null) stops.push(to);
  }
  return stops.length > 0 ? stops : agents;
}
