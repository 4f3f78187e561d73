/** What an analysis answers. The host draws it: a plugin has no page, and what it says is checked before it is shown. */
import type { Severity } from '../model/diagnostic.ts';

export type ResultCell = string | number | boolean | null;

/** Rows under named columns. A cell of a `trace` column is the id of a trace and leads there. */
export interface TableResult {
  readonly kind: 'table';
  readonly columns: readonly {
    readonly key: string;
    readonly type: 'text' | 'number' | 'trace';
    /** Such as `ms`, behind the name of the column. */
    readonly unit?: string;
  }[];
  readonly rows: readonly (readonly ResultCell[])[];
}

/** Points over texts or numbers. */
export interface SeriesResult {
  readonly kind: 'series';
  readonly shape: 'bar' | 'line';
  readonly points: readonly { readonly x: string | number; readonly y: number }[];
}

/** Who leads to whom, and how strongly. */
export interface GraphResult {
  readonly kind: 'graph';
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly weight: number }[];
}

/** Read to tokens and drawn by the host: HTML in it is text, pictures are not fetched. */
export interface MarkdownResult {
  readonly kind: 'markdown';
  readonly text: string;
}

/** Marks on spans. */
export interface AnnotationsResult {
  readonly kind: 'annotations';
  readonly marks: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly badge: string;
    readonly severity: Severity;
    readonly text: string;
  }[];
}

/** A measure of the flame graph: a value for spans of one trace. */
export interface FlameResult {
  readonly kind: 'flame';
  readonly traceId: string;
  readonly unit: string;
  readonly values: readonly { readonly spanId: string; readonly value: number }[];
}

/** Something that a person should know of a trace; it becomes a finding, and `--fail-on` looks at it. */
export interface AlertResult {
  readonly kind: 'alert';
  /** A stable name in kebab case. */
  readonly code: string;
  readonly severity: Severity;
  readonly traceId: string;
  /** Whole sentences. */
  readonly message: string;
  readonly advice?: string;
  /** At most 100 of the spans it is about. */
  readonly spanIds?: readonly string[];
}

export type PluginResult =
  TableResult | SeriesResult | GraphResult | MarkdownResult | AnnotationsResult | FlameResult | AlertResult;
