/** A trace on its way out: what every writer is given, whoever reads it from wherever it is kept. */
import type { SpanTree } from '../analysis/span-tree.ts';
import type { Finding } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Note } from '../model/note.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { TraceSummary } from '../model/trace-summary.ts';

export interface ExportedSpan {
  readonly spanId: string;
  /** Every distinct report of it as it was received, in canonical order. */
  readonly records: readonly JsonObject[];
}

export interface ExportedTrace {
  /** Of what leaves: where something is withheld, it is withheld here too. */
  readonly summary: TraceSummary;
  /** Folded, one row a span; its names as they may leave. */
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  /** Every distinct record of the trace itself, in canonical order. */
  readonly records: readonly JsonObject[];
  /** By start, then id. Each walk reads them anew. */
  readonly walkSpans: () => Iterable<ExportedSpan>;
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
}

/** A part of the file. */
export type Chunk = string | Uint8Array;

/** Writes one file. Its parts come as they are made, so that memory does not grow with the export. */
export interface TraceWriter {
  begin(): Iterable<Chunk>;
  trace(trace: ExportedTrace): Iterable<Chunk>;
  /** `about`: what the export as a whole has to say of itself. */
  end(about: ExportAbout): Iterable<Chunk>;
  /** What the target could not hold so far, by code of `losses.ts`. */
  readonly losses: ReadonlyMap<string, number>;
}

export interface ExportAbout {
  readonly withheld: readonly { readonly rule: string; readonly values: number; readonly records: number }[];
  /** What was chosen to be withheld. */
  readonly rules: readonly string[];
  /** Of the prices that costs were reckoned with; null where none were. */
  readonly priceTable: string | null;
  /** The user's saved views, as the library keeps them. */
  readonly views: readonly Json[];
}

/** What a writer needs of the world. */
export interface WriterParts {
  /** Begins a SHA-256. */
  readonly sha256: () => Sha256;
}

export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** In lower-case hex. */
  hex(): string;
}

export interface ExportTarget {
  /** As `--to` names it. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** One sentence: what it is good for. */
  readonly says: string;
  /** With its dot. */
  readonly extension: string;
  readonly contentType: string;
  /** True where our own importer gives the same traces again. */
  readonly readable: boolean;
  open(parts: WriterParts): TraceWriter;
}
