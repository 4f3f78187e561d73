/** The page's own library, as far as the thread that draws has to do with it: how it stands, its views, its traces. */
import type { SavedView } from '../../core/store/library-database.ts';
import type { FromFeeding, ReadTrace, StoreLine } from '../store/feeding-messages.ts';
import type { FeedingState } from '../store/feeding-state.ts';
import type { Link } from './link.svelte.ts';
import { recallJournal, rememberJournal } from './remembered-journal.ts';
import type { StorePort } from './store-port.ts';

const UNKNOWN: FeedingState = {
  ...{ kind: 'opening', journalId: undefined, version: 0, cursor: undefined, whole: false },
};

export class LibraryFeed {
  state: FeedingState = $state.raw(UNKNOWN);
  /** By name, as any page of this browser last saved them. */
  views: readonly SavedView[] = $state.raw([]);
  readonly #port: StorePort;
  // Nobody draws what waits for an answer.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #reads = new Map<number, (trace: ReadTrace | undefined) => void>();
  #lastRequest = 0;

  /** `openLine` makes a line to the host that is the worker's own; undefined where no token is known. */
  constructor(link: Link, port: StorePort, openLine: () => Promise<StoreLine | undefined>) {
    this.#port = port;
    port.onMessage((message) => {
      if (message.kind === 'want-line') void this.#handOver(openLine, undefined);
      else this.#take(message);
    });
    void this.#handOver(openLine, recallJournal(link.token));
    link.onOpen(() => {
      if (link.status !== undefined) rememberJournal(link.token, link.status.journalId);
      port.send({ kind: 'retry' });
    });
  }

  /** A trace out of the library, for while the host is away; undefined where the library does not have it. */
  readTrace(traceId: string): Promise<ReadTrace | undefined> {
    const request = ++this.#lastRequest;
    this.#port.send({ kind: 'read-trace', request, traceId });
    return new Promise((resolve) => this.#reads.set(request, resolve));
  }

  /** Saves a filter and order under a name; a name that is taken gets the new ones. */
  saveView(name: string, query: string): void {
    const view = { id: crypto.randomUUID(), name: name.trim(), query, savedAtMs: Date.now() };
    this.#port.send({ kind: 'save-view', view });
  }

  removeView(id: string): void {
    this.#port.send({ kind: 'remove-view', id });
  }

  async #handOver(
    openLine: () => Promise<StoreLine | undefined>,
    journalId: string | undefined,
  ): Promise<void> {
    const line = await openLine();
    if (line === undefined) return;
    this.#port.send({ kind: 'line', line, journalId }, line.kind === 'port' ? [line.port] : []);
  }

  #take(message: FromFeeding | { readonly kind: 'view' | 'rows' | 'ids' | 'values' }): void {
    if (message.kind === 'feeding') {
      if (message.state.whole && !this.state.whole) void askToKeep();
      this.state = message.state;
    } else if (message.kind === 'views') {
      this.views = message.views;
    } else if (message.kind === 'trace-read') {
      this.#reads.get(message.request)?.(message.trace);
      this.#reads.delete(message.request);
    }
  }
}

/** Asks the browser not to clear the library away when room gets scarce. Where it will not, it can be made again. */
async function askToKeep(): Promise<void> {
  // Only a page that is served securely has it.
  const { storage } = navigator as { readonly storage?: StorageManager };
  if (storage !== undefined && !(await storage.persisted())) await storage.persist();
}
