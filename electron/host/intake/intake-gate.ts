/**
 * The one way into the store for what comes from outside: door, events, spill and imports give their batches to a
 * gate. With nothing switched on it passes them through as they are, unread.
 */
import type { RecordBatch } from '../records/record-batch.ts';

/** A record of the batch that was not stored as it came, and the code of why. */
export interface NotKept {
  /** Its place in the batch, from 0. */
  readonly record: number;
  readonly code: 'withheld' | 'access-denied';
}

export interface GateOutcome {
  /** Records of traces that are to stay away: deleted by the user, or sampled away before. */
  readonly leftOut: number;
  /** What the sender is told: withheld records are stored as skeletons, denied ones not at all. */
  readonly notKept: readonly NotKept[];
}

export interface IntakeGate {
  /**
   * Resolves when everything that is to be kept of the batch is durable, as it may be kept. Rejects with
   * JournalUnavailableError where nothing of it was taken: the sender is to come again.
   */
  admit(batch: RecordBatch): Promise<GateOutcome>;
  /** Why nothing is taken just now, before a body is even read; undefined where one may try. */
  readonly refusal?: string | undefined;
}

/** What a store has to be for a gate. */
export interface BatchStore {
  append(batch: RecordBatch, durable: boolean): Promise<number>;
}

/** A gate that only stores. */
export function passThrough(store: BatchStore): IntakeGate {
  return {
    admit: async (batch) => ({ leftOut: await store.append(batch, true), notKept: [] }),
  };
}
