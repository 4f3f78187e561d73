/** What a plugin sees of traces and spans, and which word of `reads` gives it which field. */
import type { Json, JsonObject } from '../model/json.ts';
import type { SpanKind } from '../model/span-kind.ts';
import type { TraceStatus } from '../model/trace-summary.ts';
import type { Read } from './manifest.ts';

/** A span. undefined: unknown, never 0 for unknown. Reading what `reads` does not name throws. */
export interface SpanView {
  readonly id: string;
  /** structure: the span above, which may be missing from the trace. */
  readonly parentId?: string;
  readonly kind: SpanKind;
  /** timing: µs since 1970, UTC. */
  readonly startUs?: number;
  readonly endUs?: number;
  readonly durationMs?: number;
  /** timing: the part of the duration in which no span directly below ran. */
  readonly selfMs?: number;
  /** timing: how long the whole trace waited for this very span: its part of the critical path. */
  readonly criticalMs?: number;
  /** usage: cached tokens are part of input, reasoning tokens part of output. */
  readonly model?: string;
  /** usage: who sells it, where that is known. */
  readonly provider?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cachedTokens?: number;
  readonly reasoningTokens?: number;
  readonly totalTokens?: number;
  /** usage: whether these tokens are the span's own. Agents, turns and tasks repeat what stands below them. */
  readonly countsTokens: boolean;
  /** usage: US dollars of the span itself, by the prices that hold where it runs; absent where they are not known. */
  readonly costUsd?: number;
  /** names: what a person calls the span. */
  readonly name: string;
  readonly agent?: string;
  /** names: whom a handoff goes to. */
  readonly target?: string;
  /** errors: the span's own error is set. */
  readonly hasError: boolean;
  /** errors: the message of its error without numbers, ids and names, so that equal errors are equal texts. */
  readonly errorClass?: string;
  /** errors: a guardrail that tripped. */
  readonly isTriggered: boolean;
  /** content: what went in and what came out, as the span has it; a text that was JSON is still a text. */
  readonly input?: Json;
  readonly output?: Json;
  /** content: what the span's own error says. */
  readonly errorMessage?: string;
}

/** What is known of a trace before its spans are: every field may still be missing. */
export interface TraceHeadView {
  readonly id: string;
  /** names */
  readonly workflowName?: string;
  /** metadata */
  readonly groupId?: string;
  readonly metadata: JsonObject;
  /** metadata: the field of the metadata that names a user, whatever it is called: user_id, userId, user. */
  readonly userId?: string;
}

/** A trace with all its spans, parents before their children. */
export interface TraceView {
  readonly id: string;
  readonly spans: readonly SpanView[];
  /** structure */
  readonly status: TraceStatus;
  readonly depth: number;
  /** timing */
  readonly startedAt: string;
  readonly durationMs: number;
  /** usage */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  /** usage: US dollars of the calls that have a price, and how many have none. */
  readonly costUsd?: number;
  readonly unpricedCalls?: number;
  /** names: empty where nothing tells it. */
  readonly workflowName: string;
  /** metadata */
  readonly groupId?: string;
  readonly metadata: JsonObject;
  /** errors: how many spans have one. */
  readonly errors: number;
}

type Field<View> = Exclude<keyof View, 'id' | 'spans'>;

/** By field: the word of `reads` that gives it. `id` and `spans` are always there. */
export const SPAN_FIELDS: Readonly<Record<Field<SpanView>, Read>> = {
  parentId: 'structure',
  kind: 'structure',
  startUs: 'timing',
  endUs: 'timing',
  durationMs: 'timing',
  selfMs: 'timing',
  criticalMs: 'timing',
  model: 'usage',
  provider: 'usage',
  inputTokens: 'usage',
  outputTokens: 'usage',
  cachedTokens: 'usage',
  reasoningTokens: 'usage',
  totalTokens: 'usage',
  countsTokens: 'usage',
  costUsd: 'usage',
  name: 'names',
  agent: 'names',
  target: 'names',
  hasError: 'errors',
  errorClass: 'errors',
  isTriggered: 'errors',
  input: 'content',
  output: 'content',
  errorMessage: 'content',
};

export const TRACE_HEAD_FIELDS: Readonly<Record<Field<TraceHeadView>, Read>> = {
  workflowName: 'names',
  groupId: 'metadata',
  metadata: 'metadata',
  userId: 'metadata',
};

export const TRACE_FIELDS: Readonly<Record<Field<TraceView>, Read>> = {
  status: 'structure',
  depth: 'structure',
  startedAt: 'timing',
  durationMs: 'timing',
  inputTokens: 'usage',
  outputTokens: 'usage',
  totalTokens: 'usage',
  costUsd: 'usage',
  unpricedCalls: 'usage',
  workflowName: 'names',
  groupId: 'metadata',
  metadata: 'metadata',
  errors: 'errors',
};
