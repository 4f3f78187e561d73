/**
 * Looks for words in all that spans hold: chooses the traces by the query, has the segments read, the newest first,
 * and tells what still belongs to a trace. Everything is read anew each time, so what was deleted cannot be found.
 */
import { openPriceBook } from '../../../core/analysis/cost/open-price-book.ts';
import { at } from '../../../core/model/assert.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import { kindOf } from '../../../core/model/span-kind.ts';
import type { Clock } from '../../../core/model/time.ts';
import { parseQuery } from '../../../core/query/parse-query.ts';
import type { PricesState } from '../../../core/rpc/prices.ts';
import {
  MAX_SEARCH_HITS,
  type SearchDone,
  type SearchHit,
  type SearchParams,
  type SearchProgress,
} from '../../../core/rpc/search.ts';
import { readWords } from '../../../core/search/word-patterns.ts';
import { BadQueryError } from '../corpus/corpus-desk.ts';
import { openJournalFiles } from '../journal/node-journal-files.ts';
import { segmentSize } from '../journal/segment-file.ts';
import type { Library } from '../library/library.ts';
import { askTraces } from '../query/ask-traces.ts';
import { makeLocalClock } from '../query/local-clock.ts';
import { findLiveRow } from './live-row.ts';
import { openScanCrew, type ScanCrew } from './scan-crew.ts';
import type { LineHit, ScanStep } from './scan-segment.ts';

export interface SearchDeskParts {
  readonly library: Library;
  /** Of the journal. */
  readonly directory: string;
  readonly clock: Clock;
  readonly readPrices: () => Promise<PricesState>;
  readonly crew?: ScanCrew;
}

/** There is nothing to look for. */
export class NoWordsError extends Error {
  constructor() {
    super('Say which words to look for.');
  }
}

export type TellHits = (hits: readonly SearchHit[], progress: SearchProgress) => void;

const TELL_EVERY_MS = 100;

export class SearchDesk {
  readonly #parts: SearchDeskParts;
  readonly #crew: ScanCrew;
  readonly #runs = new Map<string, AbortController>();

  constructor(parts: SearchDeskParts) {
    this.#parts = parts;
    this.#crew = parts.crew ?? openScanCrew();
  }

  /** Rejects with BadQueryError or NoWordsError. */
  async start({ runId, words, query }: SearchParams, tell: TellHits): Promise<SearchDone> {
    const pieces = readWords(words);
    if (pieces.length === 0) throw new NoWordsError();
    this.cancel(runId);
    const stop = new AbortController();
    this.#runs.set(runId, stop);
    try {
      const traces = await this.#chooseTraces(query, stop.signal);
      const run = new SearchRun(this.#parts.library, traces, tell, stop);
      return await run.read(this.#crew, { directory: this.#parts.directory, words: pieces });
    } finally {
      if (this.#runs.get(runId) === stop) this.#runs.delete(runId);
    }
  }

  cancel(runId: string): void {
    this.#runs.get(runId)?.abort();
    this.#runs.delete(runId);
  }

  /** Stops all that runs. */
  stop(): void {
    for (const runId of [...this.#runs.keys()]) this.cancel(runId);
  }

  /** Undefined: all. */
  async #chooseTraces(query: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    const parsed = parseQuery(query);
    if (parsed.kind === 'fault') {
      throw new BadQueryError(`${parsed.fault.message} (at character ${String(parsed.fault.from + 1)})`);
    }
    if (parsed.tree.kind === 'all') return undefined;
    const { library, clock, readPrices } = this.#parts;
    const chosen = new Set<string>();
    await askTraces({
      library,
      tree: parsed.tree,
      clock: makeLocalClock(clock()),
      book: openPriceBook(await readPrices()),
      onSlice: (passed) => {
        for (const id of passed) chosen.add(id);
      },
      isStopped: () => signal.aborted,
    });
    return chosen;
  }
}

class SearchRun {
  readonly #library: Library;
  readonly #traces: ReadonlySet<string> | undefined;
  readonly #tell: TellHits;
  readonly #stop: AbortController;
  readonly #beganMs = performance.now();
  /** Told already: a span is reported more than once. */
  readonly #spans = new Set<string>();
  readonly #found = new Set<string>();
  #hits: SearchHit[] = [];
  #bytesRead = 0;
  #bytesTotal = 0;
  #toldMs = 0;
  #capped = false;

  constructor(
    library: Library,
    traces: ReadonlySet<string> | undefined,
    tell: TellHits,
    stop: AbortController,
  ) {
    this.#library = library;
    this.#traces = traces;
    this.#tell = tell;
    this.#stop = stop;
  }

  async read(crew: ScanCrew, task: Parameters<ScanCrew['scan']>[0]): Promise<SearchDone> {
    const { signal } = this.#stop;
    const segments = this.#segments();
    const files = await openJournalFiles(task.directory, false);
    for (const segment of segments) this.#bytesTotal += (await segmentSize(files, segment)) ?? 0;
    if (!signal.aborted) await crew.scan(task, segments, this.#take, signal);
    this.#tellNow();
    const cancelled = signal.aborted && !this.#capped;
    return {
      ...this.#progress(),
      tookMs: performance.now() - this.#beganMs,
      capped: this.#capped,
      cancelled,
    };
  }

  /** The newest first; those without any of the traces are not read. */
  #segments(): readonly SegmentNumber[] {
    const all = this.#library.tables.extents().map(({ segment }) => segment);
    if (this.#traces === undefined) return all.reverse();
    const holding = new Set([...this.#traces].flatMap((id) => this.#library.segmentsOf(id)));
    return all.filter((segment) => holding.has(segment)).reverse();
  }

  readonly #take = (segment: SegmentNumber, { bytes, hits }: ScanStep): void => {
    this.#bytesRead += bytes;
    for (const hit of hits) {
      if (this.#capped) break;
      const made = this.#makeHit(segment, hit);
      if (made === undefined) continue;
      this.#spans.add(`${hit.traceId}/${hit.spanId}`);
      this.#found.add(hit.traceId);
      this.#hits.push(made);
      this.#capped = this.#spans.size >= MAX_SEARCH_HITS;
    }
    if (this.#capped) this.#stop.abort();
    // The very first is told at once.
    const isFirst = this.#hits.length > 0 && this.#spans.size === this.#hits.length;
    if (isFirst || performance.now() - this.#toldMs >= TELL_EVERY_MS) this.#tellNow();
  };

  /** Undefined for what was deleted, does not match the query or was told. */
  #makeHit(segment: SegmentNumber, { traceId, spanId, offset, found }: LineHit): SearchHit | undefined {
    if (this.#traces?.has(traceId) === false || this.#spans.has(`${traceId}/${spanId}`)) return undefined;
    if (!this.#library.segmentsOf(traceId).includes(segment)) return undefined;
    const { table } = this.#library.tables.get(segment);
    const row = findLiveRow(table, offset, traceId);
    const summary = row === undefined ? undefined : this.#library.findSummary(traceId);
    if (row === undefined || summary === undefined) return undefined;
    return {
      ...found,
      ...{ traceId, spanId, workflowName: summary.workflowName, startedAt: summary.startedAt },
      kind: kindOf(at(table.columns.kind, row)),
      name: table.name(row),
      agent: table.text('agent', row) ?? '',
    };
  }

  #tellNow(): void {
    this.#toldMs = performance.now();
    this.#tell(this.#hits, this.#progress());
    this.#hits = [];
  }

  #progress(): SearchProgress {
    const seconds = (performance.now() - this.#beganMs) / 1000;
    return {
      bytesRead: this.#bytesRead,
      // A segment that is written to may have grown.
      bytesTotal: Math.max(this.#bytesTotal, this.#bytesRead),
      bytesPerSecond: seconds > 0 ? this.#bytesRead / seconds : 0,
      spans: this.#spans.size,
      traces: this.#found.size,
    };
  }
}
