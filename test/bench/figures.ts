/** What a bench run finds. The shape of `--json`: keys are only ever added. */
import type { DurationMs } from '../../core/model/time.ts';

export type MegaBytes = number;

export interface ImportFigures {
  readonly bareMs: DurationMs;
  readonly importMs: DurationMs;
  /** importMs / bareMs. */
  readonly ratio: number;
  /** The same of the time that all cores spent: memory's cleaning and the disk's threads included. */
  readonly cpuRatio: number;
  readonly spansPerSecond: number;
  readonly peakMb: MegaBytes;
  /** With every record looked through for what is sensitive, over bareMs. */
  readonly redactedRatio: number;
}

export interface IngestFigures {
  readonly connections: number;
  readonly dropSpansPerSecond: number;
  readonly spansPerSecond: number;
  /** spansPerSecond / dropSpansPerSecond. */
  readonly share: number;
  /** From the first byte of a body to its answer. */
  readonly p50Ms: DurationMs;
  readonly p95Ms: DurationMs;
  /** null where the system does not tell it. */
  readonly peakMb: MegaBytes | null;
}

export interface LibraryFigures {
  readonly startMs: DurationMs;
  /** The first list after a start, and any later one. */
  readonly firstListMs: DurationMs;
  readonly listMs: DurationMs;
  readonly openMiddleMs: DurationMs;
  readonly openLargestMs: DurationMs;
  readonly largestSpans: number;
  readonly readSpanMs: DurationMs;
  readonly peakMb: MegaBytes;
}

export interface SizeFigures {
  readonly spans: number;
  readonly traces: number;
  readonly bytes: number;
  readonly import: ImportFigures;
  readonly ingest: readonly IngestFigures[];
  readonly library: LibraryFigures;
}

/** A goal of the product and what was found at the size where it was furthest away. */
export interface Aim {
  readonly name: string;
  readonly reached: boolean;
  readonly found: number;
  readonly aim: number;
  readonly atSpans: number;
}

export interface BenchResult {
  readonly node: string;
  readonly cores: number;
  readonly runs: number;
  readonly sizes: readonly SizeFigures[];
  readonly aims: readonly Aim[];
}
