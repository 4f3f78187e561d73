/**
 * The one that writes a library, as long as it may and its line stands: pulls from the host, commits, and
 * shows what was committed. The next pull is on its way while the last is written.
 */
import type { Connection, Reply } from '../../core/rpc/connection.ts';
import type { FeedCursor, FeedPull, HeldSegment } from '../../core/rpc/feed.ts';
import { commitPull } from '../../core/store/commit-pull.ts';
import { commitSegment } from '../../core/store/commit-segment.ts';
import type { LibraryDatabase, StoredState } from '../../core/store/library-database.ts';
import { saveSnapshot } from '../../core/store/load-library.ts';
import type { FedList } from './library-list.ts';

/** One commit of a rebuild: a larger one is hardly faster, and twice as much is in memory. */
const PULL_BYTES = 8 * 1024 * 1024;
/** The snapshot is made anew when so many traces, and a part of all of them, changed since. */
const SNAPSHOT_TRACES = 500;
const SNAPSHOT_SHARE = 0.05;
const MOST_IDS = 1000;

export interface FeedWriterParts {
  readonly library: LibraryDatabase;
  readonly connection: Connection;
  readonly list: FedList;
  readonly state: StoredState;
  /** Told after every commit. */
  readonly onCommit: (state: StoredState, progress: FeedProgress) => void;
}

export interface FeedProgress {
  readonly pulledRows: number;
  readonly pulledBytes: number;
  readonly waitingRows: number;
  readonly waitingBytes: number;
}

export class FeedWriter {
  readonly #parts: FeedWriterParts;
  #state: StoredState;
  #compare = true;
  #available = false;
  #stopped = false;
  #wake: (() => void) | undefined;
  #pulledRows = 0;
  #pulledBytes = 0;
  #unsaved = 0;

  constructor(parts: FeedWriterParts) {
    this.#parts = parts;
    this.#state = parts.state;
  }

  /** Says that the host has something; `compacted`: that what is held should be compared. */
  signal(compacted: boolean): void {
    this.#available = true;
    this.#compare ||= compacted;
    this.#wake?.();
  }

  /** Writes until it is stopped or the line ends. Rejects with LibraryMovedError, RpcError, or the browser's error. */
  async run(): Promise<void> {
    // First the pull: from then on the host tells what time ends, and before it nobody did.
    await this.#pullAll();
    await this.#settleRunning();
    while (!this.#stopped && !this.#parts.connection.closed) {
      if (this.#available) await this.#pullAll();
      else await this.#nextSignal();
    }
  }

  /** Lets what is under way end, and pulls nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  #nextSignal(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  async #pullAll(): Promise<void> {
    this.#available = false;
    let next = this.#pull(this.#state.cursor, await this.#takeHeld());
    for (;;) {
      const { result: pull, bytes = new Uint8Array(0) } = await next;
      const isLast = pull.waitingRows === 0;
      if (!isLast) next = this.#pull(pull.cursor, null);
      // It is awaited in the next turn; where the commit fails nobody waits for it.
      next.catch(() => undefined);
      await this.#commit(pull, bytes);
      if (isLast) break;
    }
    if (this.#isSnapshotDue()) await this.#saveSnapshot();
  }

  #pull(cursor: FeedCursor | undefined, held: readonly HeldSegment[] | null): Promise<Reply<'feed.pull'>> {
    const params = { cursor: cursor ?? null, held, maxBytes: PULL_BYTES };
    return this.#parts.connection.request('feed.pull', params);
  }

  async #takeHeld(): Promise<readonly HeldSegment[] | null> {
    if (!this.#compare || this.#state.cursor === undefined) return null;
    this.#compare = false;
    return await this.#parts.library.segments.toArray();
  }

  async #commit(pull: FeedPull, bytes: Uint8Array): Promise<void> {
    const { library, list } = this.#parts;
    const { reset, removed, summaries } = pull;
    const whole = pull.waitingRows === 0 && pull.missing.length === 0;
    this.#state = await commitPull(library, this.#state, { ...pull, whole }, bytes);
    list.apply({ reset, removed, upserts: summaries });
    // A snapshot holds texts of traces: those that are gone must leave it too.
    this.#unsaved += summaries.length + (removed.length > 0 ? SNAPSHOT_TRACES + list.size : 0);
    this.#pulledBytes += bytes.length;
    for (const { rows } of pull.pages) this.#pulledRows += rows;
    this.#tell(pull);
    for (const { segment } of pull.missing) await this.#refill(segment);
  }

  /** Pulls a segment that compaction has given another form. */
  async #refill(segment: number): Promise<void> {
    const { connection, library } = this.#parts;
    let fromPage: number | null = 0;
    while (fromPage !== null) {
      const request = { segment, fromPage, maxBytes: PULL_BYTES };
      const reply: Reply<'feed.segment'> = await connection.request('feed.segment', request);
      const { result, bytes = new Uint8Array(0) } = reply;
      this.#state = await commitSegment(library, this.#state, segment, fromPage === 0, result, bytes);
      this.#pulledBytes += bytes.length;
      fromPage = result.nextPage;
    }
    this.#tell({ waitingRows: 0, waitingBytes: 0 });
  }

  #tell({ waitingRows, waitingBytes }: Pick<FeedPull, 'waitingRows' | 'waitingBytes'>): void {
    const { onCommit } = this.#parts;
    const [pulledRows, pulledBytes] = [this.#pulledRows, this.#pulledBytes];
    onCommit(this.#state, { pulledRows, pulledBytes, waitingRows, waitingBytes });
  }

  #isSnapshotDue(): boolean {
    return this.#unsaved > Math.max(SNAPSHOT_TRACES, this.#parts.list.size * SNAPSHOT_SHARE);
  }

  async #saveSnapshot(): Promise<void> {
    this.#unsaved = 0;
    await saveSnapshot(this.#parts.library, this.#state.version, this.#parts.list.encode());
  }

  /** Traces that ran when this library was last fed may have been ended since by time alone. */
  async #settleRunning(): Promise<void> {
    const { connection, library, list } = this.#parts;
    const { cursor } = this.#state;
    const ids = list.runningIds();
    for (let from = 0; cursor !== undefined && from < ids.length; from += MOST_IDS) {
      const traceIds = ids.slice(from, from + MOST_IDS);
      const { result } = await connection.request('library.summaries', { traceIds });
      const summaries = result.traces.filter(({ status }) => status !== 'in_progress');
      if (summaries.length + result.unknown.length === 0) continue;
      const change = { reset: false, stale: [], pages: [], removed: result.unknown, summaries, cursor };
      this.#state = await commitPull(library, this.#state, { ...change, whole: false }, new Uint8Array(0));
      list.apply({ reset: false, removed: result.unknown, upserts: summaries });
    }
  }
}
