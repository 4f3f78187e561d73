/** The handoff map over many traces, what stands behind a part of it, and what goes round. */
import type { CorpusCost, CorpusScope, Durations, Reach, TokenSum } from './corpus-figures.ts';

export interface MapNode {
  /** Name of the agent; empty: one without a name. */
  readonly agent: string;
  /** 0: it was handed to but no run of it is known. */
  readonly runs: number;
  /** Runs with an error of their own or in what they did themselves. */
  readonly failed: number;
  readonly durations: Durations;
  /** Of what the agent did itself, without the agents below it. */
  readonly tokens: TokenSum;
  readonly cost: CorpusCost;
  readonly reach: Reach;
}

/** `handoff`: the conversation went over. `call`: the other ran inside, as a tool mostly. */
export type MapEdgeKind = 'handoff' | 'call';

export interface MapEdge {
  readonly kind: MapEdgeKind;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly failed: number;
  /** Of all edges of this kind that leave `from`, 0 to 1. */
  readonly share: number;
  /** It leads back to an agent that stands before: drawn apart. */
  readonly isBack: boolean;
  /** From the handoff to the end of the first answer of the agent that was reached. */
  readonly answer: Durations;
  readonly reach: Reach;
}

/** The second layer. */
export interface MapTool {
  /** null: called outside of every agent. */
  readonly agent: string | null;
  readonly tool: string;
  readonly calls: number;
  readonly failed: number;
  readonly durations: Durations;
  readonly reach: Reach;
}

export interface CorpusMap {
  readonly scope: CorpusScope;
  /** The most runs first. */
  readonly nodes: readonly MapNode[];
  /** The most frequent first. */
  readonly edges: readonly MapEdge[];
  /** The most frequent first. */
  readonly tools: readonly MapTool[];
}

/** Agents that hand round: Billing → Refunds → Billing. */
export interface LoopRow {
  /** The first stands at the end again; turned so that the smallest name is first, so a loop has one form. */
  readonly agents: readonly string[];
  /** How often it was gone round, in all traces. */
  readonly rounds: number;
  readonly p50Rounds: number;
  readonly maxRounds: number;
  /** Time and money that the rounds took: from leaving an agent to being back at it. */
  readonly extraUs: number;
  readonly extra: CorpusCost;
  readonly reach: Reach;
}

/** The same tool with the same arguments, three times or more in one trace, without an error or a new answer between. */
export interface RepeatRow {
  readonly tool: string;
  /** null: outside of every agent. */
  readonly agent: string | null;
  /** In all traces, of those that were repeated often enough. */
  readonly calls: number;
  readonly maxCalls: number;
  /** What the calls after the first took. */
  readonly extraUs: number;
  readonly reach: Reach;
  /** A span to look at in the first of the traces. */
  readonly exampleSpanId: string;
}

export interface CorpusLoops {
  readonly scope: CorpusScope;
  /** Those in the most traces first. */
  readonly loops: readonly LoopRow[];
  readonly repeats: readonly RepeatRow[];
}

/** What was clicked. */
export type MapPart =
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'edge'; readonly edge: MapEdgeKind; readonly from: string; readonly to: string }
  | { readonly kind: 'tool'; readonly agent: string | null; readonly tool: string };

export interface CorpusMapDetail {
  readonly scope: CorpusScope;
  /** Of the runs, the time to the first answer, or the calls. */
  readonly durations: Durations;
  readonly count: number;
  readonly failed: number;
  /** Of an agent: its tools. */
  readonly tools: readonly MapTool[];
  /** Of an agent: edges that reach it, and those that leave it. */
  readonly arrivals: readonly MapEdge[];
  readonly departures: readonly MapEdge[];
  /** Errors of what was clicked, by class. */
  readonly errors: readonly { readonly errorClass: string; readonly count: number }[];
  /** The traces behind it, those that took longest first; at most MAX_DETAIL_TRACES. */
  readonly traces: readonly {
    readonly traceId: string;
    readonly workflowName: string;
    readonly startedAt: string;
    readonly durationUs: number;
    readonly failed: boolean;
  }[];
  readonly reach: Reach;
}

export const MAX_DETAIL_TRACES = 100;
