/** What page and host say of sampling: a policy tried on what is stored, and the traces that were let go. */
import type { JsonObject } from '../model/json.ts';
import type { Settings } from '../plugin-api/settings.ts';

/** What would have become of the stored traces under a policy. Bytes are those of their lines, uncompressed. */
export interface Rehearsal {
  /** The plugin and its version. */
  readonly by: string;
  /** With defaults filled in. */
  readonly settings: Settings;
  readonly traces: number;
  readonly kept: number;
  readonly spans: number;
  readonly spansKept: number;
  readonly bytes: number;
  readonly bytesKept: number;
  /** Traces with an error, and how many of them would be lost. */
  readonly failing: number;
  readonly failingLost: number;
  /** Some of those, those with most errors first. */
  readonly lost: readonly LostTrace[];
  /** The most frequent first. */
  readonly reasons: readonly SampleReason[];
  /** Traces on which the plugin failed: they would be kept. */
  readonly faults: number;
  /** It was ended early: the figures are of the traces that were looked at. */
  readonly cancelled: boolean;
}

export interface LostTrace {
  readonly traceId: string;
  readonly workflowName: string;
  readonly errors: number;
  readonly reason: string;
}

export interface SampleReason {
  readonly decision: 'keep' | 'drop';
  readonly reason: string;
  readonly traces: number;
  readonly bytes: number;
}

/** The tombstone of a trace that was sampled away. */
export interface DroppedTraceRecord {
  readonly traceId: string;
  /** ISO 8601, the host's clock. */
  readonly at: string;
  /** Those that had come by then. */
  readonly spans: number;
  readonly by: string;
  readonly reason: string;
}

/** What ingest does just now besides storing. */
export interface IntakeState {
  /** Traces that wait for their item or their end, and the bytes of their records. */
  readonly waitingTraces: number;
  readonly waitingBytes: number;
  /** Traces that were sampled away, ever; records of them that came late, since the start. */
  readonly droppedTraces: number;
  readonly lateRecords: number;
  /** Why nothing is taken just now; null where something is. */
  readonly closed: string | null;
}

/** Errors: `plugin-refused` with a sentence. */
export interface SamplingRequests {
  /** Nothing of it is stored or let go. A further request with the same id ends the one before. */
  'sampling.rehearse': {
    params: {
      readonly runId: string;
      /** The sampler; `sample` where it is absent. */
      readonly plugin?: string;
      /** Over its defaults. */
      readonly settings: JsonObject;
      readonly query?: string;
    };
    result: Rehearsal;
  };
  'sampling.cancel': { params: { readonly runId: string }; result: Record<string, never> };
  /** The newest first. */
  'sampling.dropped': {
    params: { readonly limit?: number };
    result: { readonly total: number; readonly dropped: readonly DroppedTraceRecord[] };
  };
  'intake.state': { params: Record<string, never>; result: IntakeState };
}

export interface SamplingEvents {
  'sampling.progress': { readonly runId: string; readonly done: number; readonly total: number };
}
