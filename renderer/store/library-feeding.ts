/** Feeds the list from the host through the library in IndexedDB, and answers from it while the host is away. */
import { liveQuery } from 'dexie';
import { makeMessagePort } from '../../core/rpc/message-port.ts';
import type { Port } from '../../core/rpc/connection.ts';
import { encodeSpanTable } from '../../core/model/span-table-bytes.ts';
import type { LibraryDatabase } from '../../core/store/library-database.ts';
import { readTrace } from '../../core/store/read-trace.ts';
import { listViews, removeView, saveView } from '../../core/store/saved-views.ts';
import type { FromFeeding, ReadTrace, StoreLine, ToFeeding } from './feeding-messages.ts';
import type { FeedingState } from './feeding-state.ts';
import type { CostAsking } from './cost-asking.ts';
import type { HostAnswers } from './host-answers.ts';
import { HostLine } from './host-line.ts';
import { PageLibrary, type PageLibraryParts } from './page-library.ts';
import { openSocketPort } from './socket-port.ts';

export interface LibraryFeedingParts extends Omit<PageLibraryParts, 'onState'> {
  readonly send: (message: FromFeeding) => void;
  /** Asks the host what the columns cannot answer, over the same line. */
  readonly host: Pick<HostAnswers, 'connect' | 'take'>;
  readonly prices: Pick<CostAsking, 'connect' | 'pricesChanged'>;
  /** How the library stands has changed. */
  readonly onState: (state: FeedingState) => void;
}

export class LibraryFeeding {
  readonly #parts: LibraryFeedingParts;
  readonly #pages: PageLibrary;
  #line: HostLine | undefined;
  /** Waits for the shell's next port. */
  #takePort: ((port: MessagePort) => void) | undefined;
  #viewsOf: LibraryDatabase | undefined;
  #views: { unsubscribe(): void } | undefined;

  constructor(parts: LibraryFeedingParts) {
    this.#parts = parts;
    this.#pages = new PageLibrary({
      ...parts,
      onState: (state) => {
        this.#watchViews();
        parts.onState(state);
        parts.send({ kind: 'feeding', state });
      },
    });
  }

  get state(): FeedingState {
    return this.#pages.state;
  }

  hear(message: ToFeeding): void {
    switch (message.kind) {
      case 'line':
        if (message.journalId !== undefined) void this.#pages.show(message.journalId);
        this.#take(message.line);
        break;
      case 'retry':
        this.#line?.open();
        break;
      case 'read-trace':
        void this.#readTrace(message.traceId).then((trace) => {
          this.#parts.send({ kind: 'trace-read', request: message.request, trace });
        });
        break;
      case 'save-view':
        this.#change((library) => saveView(library, message.view));
        break;
      case 'remove-view':
        this.#change((library) => removeView(library, message.id));
        break;
    }
  }

  /** Ends the line and lets go of the library. */
  close(): void {
    this.#line?.close();
    this.#views?.unsubscribe();
    this.#pages.close();
  }

  #take(line: StoreLine): void {
    if (line.kind === 'port' && this.#takePort !== undefined) {
      this.#takePort(line.port);
      return;
    }
    this.#line?.close();
    this.#line = new HostLine({
      openPort: line.kind === 'socket' ? () => openSocketPort(line.url) : this.#portsFrom(line.port),
      token: line.kind === 'socket' ? line.token : '',
      onOpen: (connection, { journalId }) => {
        void this.#pages.connect(connection, journalId);
        this.#parts.host.connect(connection);
        this.#parts.prices.connect(connection);
      },
      onLost: () => {
        this.#parts.host.connect(undefined);
        this.#parts.prices.connect(undefined);
        this.#pages.disconnect();
      },
      onRefused: () => {
        this.#pages.disconnect();
      },
      onAvailable: (payload) => {
        this.#pages.signal(payload);
      },
      onPush: (payload) => {
        this.#pages.takePush(payload);
      },
      onFound: (payload) => {
        this.#parts.host.take(payload);
      },
      onPrices: () => {
        this.#parts.prices.pricesChanged();
      },
    });
    this.#line.open();
  }

  /** The first port, then one after the other as the page hands them over. */
  #portsFrom(first: MessagePort): () => Promise<Port> {
    let next: MessagePort | undefined = first;
    return async () => {
      const port = next ?? (await this.#wantPort());
      next = undefined;
      return makeMessagePort(port);
    };
  }

  #wantPort(): Promise<MessagePort> {
    return new Promise((resolve) => {
      this.#takePort = (port) => {
        this.#takePort = undefined;
        resolve(port);
      };
      this.#parts.send({ kind: 'want-line' });
    });
  }

  async #readTrace(traceId: string): Promise<ReadTrace | undefined> {
    const { library } = this.#pages;
    if (library === undefined) return undefined;
    try {
      const trace = await readTrace(library, traceId);
      return trace && { summary: trace.summary, bytes: encodeSpanTable(trace.spans) };
    } catch (error) {
      this.#parts.onError(error);
      return undefined;
    }
  }

  #change(change: (library: LibraryDatabase) => Promise<void>): void {
    const { library } = this.#pages;
    if (library !== undefined) change(library).catch(this.#parts.onError);
  }

  /** Tells the saved views of the library that is shown, whichever page saves one. */
  #watchViews(): void {
    const { library } = this.#pages;
    if (library === this.#viewsOf) return;
    this.#viewsOf = library;
    this.#views?.unsubscribe();
    this.#views =
      library &&
      liveQuery(() => listViews(library)).subscribe({
        next: (views) => {
          this.#parts.send({ kind: 'views', views });
        },
        error: this.#parts.onError,
      });
  }
}
