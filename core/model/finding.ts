/** What the completeness check or a plugin says of a trace, with the spans it is about. */
import type { Severity } from './diagnostic.ts';

export interface Finding {
  /** `completeness`, or the id of a plugin. */
  readonly by: string;
  /** A stable name in kebab case. */
  readonly code: string;
  readonly severity: Severity;
  /** A whole sentence for a person. */
  readonly message: string;
  /** A whole sentence: what to do about it. */
  readonly advice?: string;
  /** At most MAX_FINDING_SPANS of the spans it is about, in the order of the tree. */
  readonly spanIds: readonly string[];
  /** Of how many spans it speaks; 0: of the trace itself. */
  readonly count: number;
}

/** A finding names so many spans: it is read by people, and a trace may hold a million. */
export const MAX_FINDING_SPANS = 100;
