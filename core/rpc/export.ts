/** What page, command line and host say to each other about an export. It travels over HTTP, as files do. */
import type { Json, JsonObject } from '../model/json.ts';

/** What is asked for. */
export interface ExportWish {
  readonly traceIds: readonly string[];
  /** Name of the target. */
  readonly to: string;
  /** Names of what is to be withheld. */
  readonly rules: readonly string[];
  /** The user's saved views, for a bundle. */
  readonly views: readonly Json[];
}

/** Where an export stands. */
export interface ExportState {
  readonly phase: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  /** Of a failed one: a sentence for a person. */
  readonly message?: string;
  readonly traces: number;
  readonly tracesTotal: number;
  readonly spans: number;
  readonly bytes: number;
  /** What the target could not hold so far. */
  readonly losses: readonly { readonly code: string; readonly count: number; readonly message: string }[];
  readonly withheld: readonly WithheldShare[];
}

export interface WithheldShare {
  readonly rule: string;
  readonly values: number;
  readonly records: number;
}

/** What would leave. */
export interface ExportPreview {
  readonly traces: number;
  /** Traces that were looked at; the first ones, where they are many. */
  readonly looked: number;
  readonly spans: number;
  readonly withheld: readonly WithheldShare[];
  /** One span as it is kept, and as it would leave; null where no span loses anything. */
  readonly sample: { readonly before: JsonObject; readonly after: JsonObject } | null;
}
