/** What page and host say of redaction: a policy tried on what is stored, before it is switched on. */
import type { Json } from '../model/json.ts';

export interface RedactionPreview {
  /** What is wrong with the policy, in whole sentences; then nothing was looked at. */
  readonly faults: readonly string[];
  readonly detectorVersion: string;
  readonly traces: number;
  /** Traces that were looked at: the first ones, where they are many. */
  readonly looked: number;
  readonly records: number;
  readonly changed: number;
  /** Finds by type; `withheld`: values that go by a rule. */
  readonly byType: Readonly<Record<string, number>>;
  /** The fields that they stand in, the largest first. */
  readonly places: readonly { readonly path: string; readonly type: string; readonly count: number }[];
  /** Some texts before and after, cut short around what was found. */
  readonly examples: readonly RedactionExample[];
}

export interface RedactionExample {
  readonly traceId: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface RedactionRequests {
  /**
   * What a policy (core/redact/redaction-policy.ts, as JSON) would do to stored traces: the named ones, those that a
   * query means, or the newest. Nothing is changed. The values before stay with whoever asks: they hold what was found.
   */
  'redaction.preview': {
    params: { readonly policy: Json; readonly traceIds?: readonly string[]; readonly query?: string };
    result: RedactionPreview;
  };
}
