import type { KindCode } from './span-kind.ts';
import type { EpochUs } from './time.ts';

/**
 * What the columns keep of one report of one span: enough for lists, trees, counts and the flame graph.
 * The payload stays where it was written; `offset` and `length` lead there.
 * One span has as many rows as it was reported (start, end, retries); `foldSpans` makes them one.
 */
export interface SpanRow {
  readonly traceId: string;
  readonly spanId: string;
  /** undefined: no parent, the span stands directly under the trace. */
  readonly parentId: string | undefined;
  /** NaN where the client did not say, or not readably. */
  readonly startUs: EpochUs;
  /** NaN while the span is open. */
  readonly endUs: EpochUs;
  readonly kind: KindCode;
  /** A set of SpanFlag bits. */
  readonly flags: number;
  /** The name in the span's data; `SpanTable.name` derives one where it is unknown. */
  readonly name: string | undefined;
  /** The agent that the span names: its own for agent spans, agent_name of turns, from_agent of handoffs and of tools. */
  readonly agent: string | undefined;
  /** to_agent of handoffs and of tools that pass on; of agents those that they may hand off to, one a line. */
  readonly target: string | undefined;
  readonly model: string | undefined;
  /** Who sells the model, as the span says it. */
  readonly provider: string | undefined;
  /** What errors of this sort have in common (`classifyError`). */
  readonly errorClass: string | undefined;
  /** Of a tool's call: equal where the same tool was asked the same; 0 = none. */
  readonly callDigest: number;
  /** Equal where a tool answered the same; 0 = none. */
  readonly resultDigest: number;
  /** Tokens, -1 = unknown. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  /** Of the input those that were written to the cache, which cost more than others. */
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly totalTokens: number;
}

/** Bits of SpanRow.flags. */
export const SpanFlag = {
  /** The report says that the span has ended. */
  ended: 1,
  /** The span's own error is set. */
  error: 2,
  /** The error is a tool's that the run survived: its message ends in "(non-fatal)". */
  nonFatal: 4,
  /** A guardrail that tripped. */
  triggered: 8,
  /** The report says whether the guardrail tripped. */
  triggeredKnown: 16,
  /** Reported by a tracing processor (live events), which beats an exporter. */
  processor: 32,
  /** Two reports of equal rank differed: the larger canonical JSON won. Set by the fold. */
  conflict: 64,
  /** An exporter cut the input or the output to a size and marked that. */
  truncated: 128,
} as const;

/** The unknown count of tokens in a column. */
export const UNKNOWN_TOKENS = -1;
