import type { JsonObject } from './json.ts';
import type { SpanKind } from './span-kind.ts';

/** Live: in_progress until ten seconds after a root ended. Files: in_progress only if a span is open. */
export type TraceStatus = 'in_progress' | 'completed' | 'failed';

/**
 * How the tokens of a trace were counted. `model-spans`: the sum over generation and response spans, all
 * of which said. `root-task`, `turns`: what the SDK had summed. `partial`: what there is. `unknown`: nothing.
 */
export type TokenBasis = 'model-spans' | 'root-task' | 'turns' | 'partial' | 'unknown';

/** null = unknown, never 0 for unknown. */
export interface TraceTokens {
  readonly input: number | null;
  readonly output: number | null;
  readonly cached: number | null;
  readonly reasoning: number | null;
  readonly total: number | null;
  readonly basis: TokenBasis;
}

/** One trace in a list: the shape T of the contract, as the command line prints and the page receives it. */
export interface TraceSummary {
  readonly id: string;
  /** Empty where no trace item came and no root task tells it. */
  readonly workflowName: string;
  readonly groupId: string | null;
  readonly metadata: JsonObject;
  readonly status: TraceStatus;
  /** ISO 8601 with microseconds, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Distinct spans. */
  readonly spans: number;
  readonly spansByKind: Readonly<Partial<Record<SpanKind, number>>>;
  /** Spans without a parent id. */
  readonly roots: number;
  /** Spans whose parent is not in the trace. */
  readonly orphans: number;
  /** The longest chain of parents; a root or an orphan counts 1. */
  readonly depth: number;
  /** Spans whose own error is set. */
  readonly errors: number;
  readonly tokens: TraceTokens;
  /** One [from, to] a handoff span, by start time, then span id. */
  readonly handoffs: readonly (readonly [string | null, string | null])[];
  readonly tools: Readonly<Record<string, { readonly calls: number; readonly errors: number }>>;
  readonly guardrails: Readonly<Record<string, { readonly runs: number; readonly triggered: number }>>;
  /** Distinct names in order of first start. */
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly sources: readonly string[];
  /** `live`, or the names of the files the trace came from. */
  readonly origins: readonly string[];
}
