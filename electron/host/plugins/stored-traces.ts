/** Stored traces for plugins: whole, as JSON of what a plugin reads, and with the revision that its results hold for. */
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import type { Read } from '../../../core/plugin-api/manifest.ts';
import type { PluginRunScope } from '../../../core/rpc/plugins.ts';
import { snapshotBook } from '../prices/snapshot-book.ts';
import type { TraceStore } from '../trace-store.ts';
import { describeBytes } from './describe-bytes.ts';
import type { TraceInput } from './look-at-trace.ts';
import type { LoadedPlugin } from './load-plugin.ts';
import type { MatchQuery } from './match-query.ts';
import { PluginFault } from './plugin-fault.ts';
import type { WholeTrace } from './project-trace.ts';
import { makeRecordReader } from './record-reader.ts';
import { makeTraceInput } from './trace-input.ts';
import { reviseTrace } from './trace-revision.ts';

/** The engine's memory holds what it reads several times over; a trace that needs more is told, not tried. */
const CHARACTERS_A_MEGABYTE = 100_000;

export class StoredTraces {
  readonly #store: Pick<TraceStore, 'library' | 'readSpans'>;
  readonly #clock: Clock;
  readonly #match: MatchQuery;
  readonly #book: () => PriceBook;

  /** `book`: the prices as they are now. */
  constructor(
    store: Pick<TraceStore, 'library' | 'readSpans'>,
    clock: Clock,
    match: MatchQuery,
    book: () => PriceBook = snapshotBook,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#match = match;
    this.#book = book;
  }

  has(traceId: string): boolean {
    return this.#store.library.has(traceId);
  }

  findSummary(traceId: string): TraceSummary | undefined {
    return this.#store.library.findSummary(traceId);
  }

  find(traceId: string): WholeTrace | undefined {
    const found = this.#store.library.findTrace(traceId);
    if (found === undefined) return undefined;
    const trace = { summary: found.summary, spans: found.spans, tree: found.tree, book: this.#book() };
    return { ...trace, recordOf: makeRecordReader(this.#store, trace) };
  }

  /** Undefined where there is no such trace. Who reads `usage` reads costs, and with other prices they are others. */
  findRevision(traceId: string, reads: readonly Read[] = []): string | undefined {
    const { library } = this.#store;
    const summary = library.findSummary(traceId);
    const found = summary && library.findReports(traceId);
    if (summary === undefined || found === undefined) return undefined;
    return reviseTrace(found.gathered, summary.status, reads.includes('usage') ? this.#book().id : '');
  }

  /** The trace as the plugin receives it. Throws a `PluginFault` where that is too much for it. */
  project(trace: WholeTrace, { manifest: { reads }, memoryMb }: LoadedPlugin): TraceInput {
    const input = makeTraceInput(trace, reads, this.#clock());
    const { length } = input.trace;
    if (length <= memoryMb * CHARACTERS_A_MEGABYTE) return input;
    throw new PluginFault(
      `This trace has ${describeBytes(length)} of what it reads, which is too much for its ${memoryMb} MB of memory.`,
    );
  }

  get count(): number {
    return this.#store.library.traceCount;
  }

  /** Ids of the traces that are meant, the newest first. Rejects with a `PluginFault` where the query cannot be read. */
  async select({ query, traceIds }: PluginRunScope): Promise<readonly string[]> {
    if (traceIds !== undefined) return traceIds.filter((traceId) => this.has(traceId));
    const matches = query === undefined || query.trim() === '' ? undefined : await this.#match(query);
    const all = this.#store.library.summaries();
    return newestFirst(matches === undefined ? all : all.filter(matches)).map(({ id }) => id);
  }
}
