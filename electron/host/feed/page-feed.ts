/** The feed of one page's library: answers its pulls, and tells it when there is something to pull. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { Connection } from '../../../core/rpc/connection.ts';
import type { FeedPull, FeedSegment } from '../../../core/rpc/feed.ts';
import type { Library } from '../library/library.ts';
import type { TouchedTraces } from '../rpc-server/touched-traces.ts';
import { pullPages, pullSegment, type Pulled, type PullRequest } from './pull-pages.ts';

export class PageFeed {
  readonly #connection: Connection;
  readonly #library: Library;
  readonly #touched: TouchedTraces;
  /** Traces that changed and may not have been sent since. */
  readonly #changed = new Set<string>();
  /** Summaries as they were sent: the same object is never sent twice. */
  #sent = new WeakSet<TraceSummary>();
  #stopListening: (() => void) | undefined;
  /** The page was told and has not pulled yet. */
  #told = false;

  constructor(connection: Connection, library: Library, touched: TouchedTraces) {
    this.#connection = connection;
    this.#library = library;
    this.#touched = touched;
  }

  /** What waits behind the cursor; from the first pull on the page is told of what comes. */
  async pull(request: PullRequest): Promise<Pulled<FeedPull>> {
    this.#stopListening ??= this.#listen();
    this.#told = false;
    const pulled = await pullPages(this.#library, request);
    const { summaries } = pulled.answer;
    for (const summary of summaries) this.#sent.add(summary);
    if (pulled.answer.waitingRows > 0) return pulled;
    const changed = this.#takeChanged();
    return { ...pulled, answer: { ...pulled.answer, summaries: [...summaries, ...changed] } };
  }

  pullSegment(segment: number, fromPage: number, maxBytes: number): Promise<Pulled<FeedSegment>> {
    return pullSegment(this.#library, segment, fromPage, maxBytes);
  }

  #listen(): () => void {
    const stopTouched = this.#touched.listen((traceIds) => {
      this.#note(traceIds);
    });
    const stopReplaced = this.#library.tables.onReplaced(() => {
      this.#tell(true);
    });
    return () => {
      stopTouched();
      stopReplaced();
    };
  }

  /** Says that there is something to pull. `compacted`: what the page holds should be compared as well. */
  #tell(compacted: boolean): void {
    if (this.#stopListening === undefined || (this.#told && !compacted)) return;
    this.#told = true;
    this.#connection.emit('feed.available', { compacted });
  }

  stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#changed.clear();
  }

  #note(traceIds: readonly string[]): void {
    for (const traceId of traceIds) {
      const summary = this.#library.findSummary(traceId);
      if (summary === undefined || !this.#sent.has(summary)) this.#changed.add(traceId);
    }
    if (this.#changed.size > 0) this.#tell(false);
  }

  #takeChanged(): readonly TraceSummary[] {
    const summaries = [...this.#changed].flatMap((id) => this.#library.findSummary(id) ?? []);
    this.#changed.clear();
    const unsent = summaries.filter((summary) => !this.#sent.has(summary));
    for (const summary of unsent) this.#sent.add(summary);
    return unsent;
  }
}
