/** What a generated trace is before any JSON is made of it: the one source of its records and of its truth. */
import type { SpanKind } from '../../core/model/span-kind.ts';
import type { EpochUs } from '../../core/model/time.ts';

/** Which SDK writes the trace: they differ in times, in usage and in where errors appear. */
export type Dialect = 'js' | 'python';
/** Which interface calls the model: `generation` or `response` spans. */
export type ModelApi = 'chat' | 'responses';

/** Tokens of one call, or the sum of several. */
export interface PlannedUsage {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly reasoning: number;
}

export interface PlannedSpan {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly kind: SpanKind;
  readonly startUs: EpochUs;
  readonly endUs: EpochUs;
  /** The agent, tool, guardrail, server, workflow or step; undefined for calls of a model. */
  readonly name?: string;
  /** The agent of a turn, the origin of a handoff. */
  readonly agent?: string;
  readonly target?: string;
  readonly model?: string;
  readonly turn?: number;
  readonly usage?: PlannedUsage;
  readonly triggered?: boolean;
  readonly error?: { readonly message: string; readonly data?: Readonly<Record<string, string>> };
  /** Names of tools of an agent or of a server. */
  readonly tools?: readonly string[];
  readonly handoffs?: readonly string[];
  /** Size of the texts, about, and the seed they are made from. */
  readonly payloadBytes: number;
  readonly seed: number;
}

export interface PlannedTrace {
  readonly id: string;
  readonly dialect: Dialect;
  readonly api: ModelApi;
  readonly workflowName: string;
  readonly groupId: string | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  /** False where the trace item got lost. */
  readonly hasItem: boolean;
  readonly startUs: EpochUs;
  /** In order of their end: children before parents. */
  readonly spans: readonly PlannedSpan[];
  /** The process died here: later ends and starts were never reported. */
  readonly crashUs: EpochUs | undefined;
}

export const NO_USAGE: PlannedUsage = { input: 0, output: 0, cached: 0, reasoning: 0 };

export function addUsage(a: PlannedUsage, b: PlannedUsage): PlannedUsage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cached: a.cached + b.cached,
    reasoning: a.reasoning + b.reasoning,
  };
}
