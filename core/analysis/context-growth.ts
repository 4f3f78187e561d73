/**
 * How the context of a trace grew: the tokens that each call of a model was sent, and how many of them were
 * nothing new. From the columns, so it stands at once.
 */
import { at } from '../model/assert.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { CallEntry, ConversationEntry } from './conversation.ts';

export interface ContextStep {
  readonly row: number;
  /** undefined: the span does not say. */
  readonly input: number | undefined;
  /** Read from the provider's cache; part of `input`. */
  readonly cached: number;
  /**
   * Sent before, in or out of the cache: as many as the call before it was sent, where the context goes on.
   * A context that only grows repeats exactly these; of one that was cut it is the most that can be.
   */
  readonly repeated: number;
}

export interface ContextGrowth {
  readonly steps: readonly ContextStep[];
  /** Sums over the calls that say their tokens; undefined where none does. */
  readonly sent: number | undefined;
  readonly repeated: number;
  readonly cached: number;
  /** Calls that do not say what they were sent. */
  readonly unknown: number;
}

export function computeContextGrowth(spans: SpanTable, entries: readonly ConversationEntry[]): ContextGrowth {
  const steps = entries.flatMap((entry) => (entry.kind === 'call' ? [readStep(spans, entries, entry)] : []));
  const known = steps.filter(({ input }) => input !== undefined);
  const sum = (read: (step: ContextStep) => number): number =>
    known.reduce((total, step) => total + read(step), 0);
  return {
    steps,
    sent: known.length === 0 ? undefined : sum(({ input }) => input ?? 0),
    repeated: sum(({ repeated }) => repeated),
    cached: sum(({ cached }) => cached),
    unknown: steps.length - known.length,
  };
}

function readStep(spans: SpanTable, entries: readonly ConversationEntry[], call: CallEntry): ContextStep {
  const { row, goesOn } = call;
  const input = inputOf(spans, row);
  const before = goesOn ? entries[call.before] : undefined;
  const sentBefore = before === undefined ? 0 : (inputOf(spans, before.row) ?? 0);
  const cached = Math.max(at(spans.columns.cachedTokens, row), 0);
  return {
    row,
    input,
    cached: input === undefined ? cached : Math.min(cached, input),
    repeated: Math.min(sentBefore, input ?? 0),
  };
}

function inputOf(spans: SpanTable, row: number): number | undefined {
  const input = at(spans.columns.inputTokens, row);
  return input < 0 ? undefined : input;
}
