/** What `bench:trace` finds. The shape of `--json`: keys are only ever added. */
import type { DurationMs } from '../../../core/model/time.ts';
import type { ImportFigures, IngestFigures, LibraryFigures, MegaBytes } from '../figures.ts';

/** Many traces of one size in all: what the host does with them. */
export interface BundleFigures {
  readonly spans: number;
  readonly traces: number;
  readonly bytes: number;
  readonly import: ImportFigures;
  readonly ingest: readonly IngestFigures[];
  readonly library: LibraryFigures;
  /** A host that starts on what was imported: everything from its sidecars. */
  readonly rebuildSpansPerSecond: number;
  readonly disk: DiskFigures;
  readonly search: SearchFigures;
}

/** A search for words that are nowhere, so that the whole journal is read, in MB of the journal a second. */
export interface SearchFigures {
  /** Reading the files and looking for the same bytes in them: no capitals, no escapes, no lines. */
  readonly bareMbPerSecond: number;
  /** By two threads, their start counted. */
  readonly mbPerSecond: number;
  readonly oneThreadMbPerSecond: number;
  /** Until something is told of words that are in most traces. */
  readonly firstHitMs: DurationMs;
}

/** A bare append of one body's size and its fsync: the floor of an acknowledgement. */
export interface DiskFigures {
  readonly bytes: number;
  readonly p50Ms: DurationMs;
  readonly p95Ms: DurationMs;
}

/** One trace of a size, in a browser and in the host. */
export interface SingleFigures {
  readonly spans: number;
  readonly bytes: number;
  readonly rows: number;
  readonly open: OpenFigures;
  readonly frames: FrameFigures;
  readonly payload: PayloadFigures;
  /** Journal and sidecars, over the spans. */
  readonly storedBytesASpan: number;
  /** What the page's process holds more than before the trace was opened; null where the system does not tell it. */
  readonly pageBytesASpan: number | null;
  readonly hostPeakMb: MegaBytes | null;
}

export interface OpenFigures {
  /** From the click to the frame after the first that was painted; the first opening after the host's start. */
  readonly firstMs: DurationMs;
  readonly openMs: DurationMs;
  /** From the click until the page has every span and answers whatever one does. */
  readonly wholeMs: DurationMs;
  /** The same spans in speedscope, from the file's choice to the frame after its first flame. */
  readonly speedscopeMs: DurationMs | null;
  /** speedscopeMs / openMs. */
  readonly timesFaster: number | null;
  /** speedscopeMs / wholeMs: its first flame is whole. */
  readonly wholeTimesFaster: number | null;
}

export interface FrameFigures {
  readonly frames: number;
  /** An animation loop of the same page that does nothing. */
  readonly emptyP95Ms: DurationMs;
  /** Between the frames of the page while it pans and zooms, and between those that were painted. */
  readonly pageP95Ms: DurationMs;
  readonly paintedP95Ms: DurationMs;
  /** The drawing code alone. */
  readonly drawP50Ms: DurationMs;
  readonly drawP95Ms: DurationMs;
  /** A move of the pointer, with everything the page does at once about it. */
  readonly pointerP95Ms: DurationMs;
  /** The search for the span alone, in Node. */
  readonly hitP50Us: number;
  readonly hitP95Us: number;
}

export interface PayloadFigures {
  /** Read for the first time after a start, through the page's line. */
  readonly coldMs: DurationMs;
  readonly warmMs: DurationMs;
}

/** A running trace that is open and grows. */
export interface LiveFigures {
  readonly before: number;
  readonly spansPerSecond: number;
  readonly seconds: number;
  readonly emptyP95Ms: DurationMs;
  readonly pageP50Ms: DurationMs;
  readonly pageP95Ms: DurationMs;
  readonly longestMs: DurationMs;
  readonly framesPerSecond: number;
  readonly emptyFramesPerSecond: number;
  /** From the last acknowledged body until the page counts all spans. */
  readonly lagMs: DurationMs;
}

export interface TraceBenchResult {
  readonly node: string;
  readonly browser: string;
  readonly cores: number;
  readonly runs: number;
  /** Processes that wanted a core while it ran, over a minute: what else the machine did. */
  readonly load: readonly [before: number, after: number];
  readonly bundles: readonly BundleFigures[];
  readonly singles: readonly SingleFigures[];
  readonly live: readonly LiveFigures[];
}
