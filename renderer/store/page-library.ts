/**
 * The library of this page: the list is painted from IndexedDB before the host answers, one page among all
 * feeds it, the others follow. Where the browser cannot keep it, the list is what the host tells.
 */
import { liveQuery } from 'dexie';
import { RpcError, type Connection } from '../../core/rpc/connection.ts';
import type { Events } from '../../core/rpc/contract.ts';
import { LibraryMovedError } from '../../core/store/commit-pull.ts';
import type { LibraryDatabase, StoredState } from '../../core/store/library-database.ts';
import { loadChanges } from '../../core/store/load-library.ts';
import { openLibrary } from '../../core/store/open-library.ts';
import type { FeedingPhase, FeedingState, InMemoryReason } from './feeding-state.ts';
import { FeedWriter } from './feed-writer.ts';
import type { FedList } from './library-list.ts';

export interface PageLibraryParts {
  readonly list: FedList;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** Runs the work while no other page does, and for as long as it lasts. */
  readonly withLock: (name: string, signal: AbortSignal, work: () => Promise<void>) => Promise<void>;
  readonly onState: (state: FeedingState) => void;
  /** Told of our own bugs, and of what the browser's store said. */
  readonly onError: (error: unknown) => void;
}

export class PageLibrary {
  readonly #parts: PageLibraryParts;
  #journalId: string | undefined;
  #library: LibraryDatabase | undefined;
  #stored: StoredState | undefined;
  #phase: FeedingPhase = { kind: 'opening' };
  /** Version of the library that the list shows. */
  #shown: number | undefined;
  /** In memory: the host has told the whole list. */
  #told = false;
  #connection: Connection | undefined;
  #writer: FeedWriter | undefined;
  #following: { unsubscribe(): void } | undefined;
  #waiting: AbortController | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: PageLibraryParts) {
    this.#parts = parts;
  }

  get library(): LibraryDatabase | undefined {
    return this.#library;
  }

  get state(): FeedingState {
    const { version = 0, cursor, whole = false } = this.#stored ?? {};
    return { journalId: this.#journalId, version, cursor, whole: whole || this.#told, ...this.#phase };
  }

  /** Shows the library of a journal, before anybody asked the host. */
  show(journalId: string): Promise<void> {
    return this.#inTurn(() => this.#useJournal(journalId));
  }

  /** The host has answered: its library is shown, and fed by this page when its turn comes. */
  connect(connection: Connection, journalId: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#useJournal(journalId);
      this.#connection = connection;
      if (this.#library === undefined) await this.#subscribe(connection);
      else this.#queueToWrite(connection, this.#library);
    });
  }

  /** The line has ended: another page may write now. */
  disconnect(): void {
    this.#connection = undefined;
    this.#waiting?.abort();
    this.#writer?.stop();
  }

  /** Lets go of the library for good. */
  close(): void {
    this.disconnect();
    this.#forget();
  }

  /** The host has something to pull. */
  signal({ compacted }: Events['feed.available']): void {
    this.#writer?.signal(compacted);
  }

  /** What the host tells a page without a library. */
  takePush({ reset, complete, traces, removed = [] }: Events['library.changed']): void {
    if (this.#phase.kind !== 'in-memory') return;
    this.#parts.list.apply({ reset, removed, upserts: traces });
    this.#told = complete;
    this.#say(this.#phase);
  }

  /** One after the other: journals change and lines break while a library is opened. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#parts.onError(error);
    });
    return this.#turn;
  }

  async #useJournal(journalId: string): Promise<void> {
    if (journalId === this.#journalId && this.#library !== undefined) return;
    this.#forget();
    this.#journalId = journalId;
    const { indexedDB, IDBKeyRange: range } = this.#parts;
    try {
      const opened = await openLibrary({ journalId, indexedDB, IDBKeyRange: range });
      if (opened.kind === 'newer') {
        this.#say({ kind: 'in-memory', reason: 'newer' });
        return;
      }
      this.#library = opened.library;
      await this.#catchUp(opened.library);
    } catch (error) {
      this.#giveUp(error, 'unavailable');
      return;
    }
    this.#say({ kind: 'following' });
    this.#follow(this.#library);
  }

  /** Brings the list to what the library holds by now. */
  async #catchUp(library: LibraryDatabase): Promise<void> {
    const { list } = this.#parts;
    const changes = await loadChanges(library, this.#shown);
    if (library !== this.#library || changes === undefined) return;
    const { base, removed, upserts, state } = changes;
    if (base !== undefined && base.length > 0) list.restore(base);
    list.apply({ reset: base?.length === 0, removed, upserts });
    this.#shown = state.version;
    this.#stored = state;
    this.#say(this.#phase);
  }

  /** Follows what another page writes: the query carries one small record, never spans. */
  #follow(library: LibraryDatabase): void {
    const isNew = (state: StoredState | undefined): boolean =>
      library === this.#library && this.#writer === undefined && state?.version !== this.#shown;
    this.#following = liveQuery(() => library.meta.get('state')).subscribe({
      next: (state) => {
        if (!isNew(state)) return;
        void this.#inTurn(async () => {
          if (isNew(state)) await this.#catchUp(library);
        });
      },
      error: (error: unknown) => {
        if (library === this.#library) this.#parts.onError(error);
      },
    });
    // Deleted by hand, or cleared away by the browser: it is opened and made again.
    library.dexie.on('close', () => {
      void this.#reopen(library);
    });
    library.dexie.on('versionchange', () => {
      library.dexie.close();
      void this.#reopen(library);
      // Else Dexie would close it as well, and warn on the console.
      return false;
    });
  }

  async #reopen(library: LibraryDatabase): Promise<void> {
    const journalId = this.#journalId;
    if (library !== this.#library || journalId === undefined) return;
    const connection = this.#connection;
    this.#forget();
    if (connection === undefined) await this.show(journalId);
    else await this.connect(connection, journalId);
  }

  #queueToWrite(connection: Connection, library: LibraryDatabase): void {
    this.#waiting?.abort();
    const waiting = (this.#waiting = new AbortController());
    const work = (): Promise<void> => this.#write(connection, library);
    this.#parts.withLock(library.dexie.name, waiting.signal, work).catch((error: unknown) => {
      if (!waiting.signal.aborted) this.#parts.onError(error);
    });
  }

  async #write(connection: Connection, library: LibraryDatabase): Promise<void> {
    const isOurs = (): boolean => library === this.#library && !connection.closed;
    while (isOurs()) {
      try {
        await this.#inTurnOf(library);
        const state = this.#stored;
        if (state === undefined || !isOurs()) return;
        this.#writer = new FeedWriter({
          ...{ library, connection, list: this.#parts.list, state },
          onCommit: (next, progress) => {
            this.#stored = next;
            this.#shown = next.version;
            this.#say({ kind: 'writing', ...progress });
          },
        });
        await this.#writer.run();
      } catch (error) {
        if (!(error instanceof LibraryMovedError)) await this.#recover(error, library, connection);
      } finally {
        this.#writer = undefined;
      }
    }
    if (library === this.#library && this.#phase.kind === 'writing') this.#say({ kind: 'following' });
  }

  /** Reads what was written up to now, before anything is written on top of it. */
  async #inTurnOf(library: LibraryDatabase): Promise<void> {
    const turn = this.#turn.then(() => this.#catchUp(library));
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #recover(error: unknown, library: LibraryDatabase, connection: Connection): Promise<void> {
    if (error instanceof RpcError && (error.code === 'closed' || connection.closed)) return;
    if (isClosed(error)) {
      await this.#reopen(library);
      return;
    }
    this.#giveUp(error, isOutOfRoom(error) ? 'no-room' : 'unavailable');
    if (!connection.closed) await this.#subscribe(connection);
  }

  /** Goes on without a library: what is in IndexedDB stays as it is. */
  #giveUp(error: unknown, reason: InMemoryReason): void {
    this.#parts.onError(error);
    this.#forget();
    this.#say({ kind: 'in-memory', reason });
  }

  async #subscribe(connection: Connection): Promise<void> {
    try {
      await connection.request('library.subscribe', {});
    } catch (error) {
      // Where the line broke meanwhile, the next one subscribes anew.
      if (!connection.closed) throw error;
    }
  }

  #forget(): void {
    this.#following?.unsubscribe();
    this.#waiting?.abort();
    this.#writer?.stop();
    const { dexie } = this.#library ?? {};
    this.#library = this.#following = this.#stored = this.#shown = undefined;
    dexie?.close();
    this.#told = false;
    this.#say({ kind: 'opening' });
  }

  #say(phase: FeedingPhase): void {
    this.#phase = phase;
    this.#parts.onState(this.state);
  }
}

/** The database was closed under us: deleted, cleared away, or opened by a newer version. */
function isClosed(error: unknown): boolean {
  return isNamed(error, 'DatabaseClosedError') || isNamed(error, 'InvalidStateError');
}

function isOutOfRoom(error: unknown): boolean {
  return isNamed(error, 'QuotaExceededError');
}

/** Dexie wraps what a transaction failed of. */
function isNamed(error: unknown, name: string): boolean {
  if (!(error instanceof Error)) return false;
  const inner = 'inner' in error ? error.inner : undefined;
  return error.name === name || (inner !== undefined && inner !== error && isNamed(inner, name));
}
