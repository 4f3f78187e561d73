/**
 * What many traces come to: the handoff map, loops, insights, the flame graph of all and groups. Each request names
 * its traces by a query (core/query; empty: all) and carries an id of its own, by which its progress is told and it
 * can be stopped. Figures come from the folded columns. Times are microseconds, money US dollars; null = unknown.
 */
import type { TraceStatus } from '../model/trace-summary.ts';
import type { CorpusCost, CorpusScope, Durations, Reach, TokenSum } from './corpus-figures.ts';
import type { CorpusLoops, CorpusMap, CorpusMapDetail, MapPart } from './corpus-map.ts';

export * from './corpus-figures.ts';
export * from './corpus-map.ts';

export interface CorpusParams {
  /** A further request with the same id stops the one before. */
  readonly runId: string;
  readonly query: string;
}

/* Insights. */

export const INSIGHT_TABLES = ['agent', 'model', 'tool', 'workflow', 'user', 'group', 'day'] as const;
export type InsightTable = (typeof INSIGHT_TABLES)[number];

export interface InsightRow {
  /** What the row stands for; empty: those that say none. A day is `2026-09-23`, by the calendar where the host is. */
  readonly key: string;
  /** Runs of the agent, calls of the model or tool; of all others traces. */
  readonly count: number;
  /** Of these, how many failed. */
  readonly failed: number;
  readonly durations: Durations;
  readonly tokens: TokenSum;
  readonly cost: CorpusCost;
  readonly reach: Reach;
}

export interface ErrorClassRow {
  /** The message with all that differs taken out; empty: errors that say nothing. */
  readonly errorClass: string;
  readonly kind: string;
  /** Name of the spans that have it most. */
  readonly name: string;
  readonly count: number;
  /** Of the tools' errors that a run survived. */
  readonly nonFatal: number;
  /** ISO 8601; null where no such span tells when. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly reach: Reach;
}

export interface GuardrailRow {
  readonly guardrail: string;
  readonly runs: number;
  readonly triggered: number;
  readonly durations: Durations;
  /** Of the traces in which it tripped. */
  readonly reach: Reach;
}

export interface SlowSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly kind: string;
  readonly name: string;
  readonly agent: string | null;
  readonly durationUs: number;
  /** Without what stands below it. */
  readonly selfUs: number;
}

export interface CorpusInsights {
  readonly scope: CorpusScope;
  /** Of the traces themselves. */
  readonly totals: InsightRow;
  /** The most frequent first; days by time. At most MAX_INSIGHT_ROWS each. */
  readonly tables: Readonly<Record<InsightTable, readonly InsightRow[]>>;
  /** How many rows each table would have. */
  readonly rowCounts: Readonly<Record<InsightTable, number>>;
  readonly errors: readonly ErrorClassRow[];
  readonly guardrails: readonly GuardrailRow[];
  /** By their own time, without what stands below them; the slowest first. */
  readonly slowest: readonly SlowSpan[];
}

export const MAX_INSIGHT_ROWS = 500;

/* The flame graph of all. */

export const FLAME_WEIGHTS = ['time', 'self', 'tokens', 'cost'] as const;
export type FlameWeight = (typeof FLAME_WEIGHTS)[number];

/**
 * Nodes of one merged tree as columns; parents stand before their children, siblings by weight, the heaviest first.
 * Node 0 is everything. A node is a kind and a name below its parent's path.
 */
export interface CorpusFlame {
  readonly scope: CorpusScope;
  readonly weight: FlameWeight;
  /** Place of the parent, -1 for node 0. */
  readonly parent: readonly number[];
  /** Span kinds; empty for node 0. */
  readonly kind: readonly string[];
  readonly name: readonly string[];
  /** Spans, and traces they are in. */
  readonly spans: readonly number[];
  readonly traces: readonly number[];
  readonly errors: readonly number[];
  /** With all below, in the unit of the weight: microseconds, tokens, US dollars. `total` is what is drawn. */
  readonly total: readonly number[];
  readonly own: readonly number[];
  /** A trace in which the node weighs most. */
  readonly example: readonly string[];
  /** Nodes that were too light to be told; their weight is in their parents. */
  readonly left: number;
}

/** What the command line tells of many traces. */
export interface CorpusOverview {
  readonly insights: CorpusInsights;
  readonly map: CorpusMap;
  readonly loops: CorpusLoops;
}

/* Groups. */

export const GROUP_KINDS = ['group', 'user'] as const;
/** `group`: group, session and conversation ids. `user`: user ids of the metadata. */
export type GroupKind = (typeof GROUP_KINDS)[number];

export interface CorpusGroup {
  readonly id: string;
  readonly traces: number;
  readonly spans: number;
  readonly errors: number;
  readonly failed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Sum of the traces' durations: what somebody waited, if they came one after the other. */
  readonly busyUs: number;
  readonly tokens: TokenSum;
  readonly cost: CorpusCost;
  readonly agents: readonly string[];
  readonly workflows: readonly string[];
  readonly query: string;
}

export interface CorpusGroups {
  readonly scope: CorpusScope;
  /** The one with the newest trace first; at most MAX_GROUPS. */
  readonly groups: readonly CorpusGroup[];
  readonly count: number;
}

export const MAX_GROUPS = 1000;

export interface GroupTrace {
  readonly traceId: string;
  readonly workflowName: string;
  readonly status: TraceStatus;
  readonly startedAt: string;
  readonly durationUs: number;
  readonly spans: number;
  readonly errors: number;
  readonly agents: readonly string[];
  readonly tokens: TokenSum;
  readonly cost: CorpusCost;
  /** Frameworks and files that the trace came from. */
  readonly sources: readonly string[];
  readonly origins: readonly string[];
  /** What the trace's metadata calls its service; null where it says none. */
  readonly service: string | null;
}

export interface CorpusGroupDetail {
  readonly scope: CorpusScope;
  /** null: no trace of the query is in such a group. */
  readonly group: CorpusGroup | null;
  /** By start; at most MAX_GROUP_TRACES. */
  readonly traces: readonly GroupTrace[];
}

export const MAX_GROUP_TRACES = 5000;

export interface CorpusProgress {
  readonly runId: string;
  /** `reading`: traces are read into memory, which is done once. `counting`: what is there is counted. */
  readonly step: 'reading' | 'counting';
  readonly done: number;
  readonly total: number;
}

/** Errors of all of them: `bad-query` (the message says what is wrong and where), `cancelled`, `too-many-spans`. */
export interface CorpusRequests {
  'corpus.map': { params: CorpusParams; result: CorpusMap };
  'corpus.mapDetail': { params: CorpusParams & { readonly part: MapPart }; result: CorpusMapDetail };
  'corpus.loops': { params: CorpusParams; result: CorpusLoops };
  'corpus.insights': { params: CorpusParams; result: CorpusInsights };
  'corpus.flame': { params: CorpusParams & { readonly weight: FlameWeight }; result: CorpusFlame };
  'corpus.groups': { params: CorpusParams & { readonly by: GroupKind }; result: CorpusGroups };
  'corpus.group': {
    params: CorpusParams & { readonly by: GroupKind; readonly id: string };
    result: CorpusGroupDetail;
  };
  /** Stops what runs under an id; nothing where nothing does. */
  'corpus.cancel': { params: { readonly runId: string }; result: Record<string, never> };
}

export interface CorpusEvents {
  'corpus.progress': CorpusProgress;
}
