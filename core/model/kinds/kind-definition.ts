import type { JsonObject } from '../json.ts';
import type { SpanKind } from '../span-kind.ts';
import type { Usage } from '../usage.ts';

/** What the columns take from a span's data; a kind says how to read it. All fields may be unknown. */
export interface SpanDescription {
  /** The name in the data. Where there is none, `SpanTable.name` derives one from the other fields. */
  readonly name?: string | undefined;
  readonly agent?: string | undefined;
  /** The agent that a handoff goes to; of an agent those that it may hand off to, one a line. */
  readonly target?: string | undefined;
  readonly model?: string | undefined;
  /** Who sells the model. */
  readonly provider?: string | undefined;
  /** Of a tool's call, as `digestJson` makes them: what was asked, with the tool's name, and what came back; 0 for none. */
  readonly callDigest?: number | undefined;
  readonly resultDigest?: number | undefined;
  readonly usage?: Usage | undefined;
  /** Whether a guardrail tripped. */
  readonly triggered?: boolean | undefined;
}

/** One kind of span: its file is the only place that knows the fields of its data. */
export interface KindDefinition {
  readonly kind: SpanKind;
  /** Sentence-case name for people. */
  readonly label: string;
  /** Values of `span_data.type` on the wire that mean this kind. */
  readonly wireTypes: readonly string[];
  /** Reads `span_data` (never trusted); never throws. */
  describe(data: JsonObject): SpanDescription;
}
