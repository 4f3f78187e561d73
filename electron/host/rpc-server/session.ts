/**
 * One page or one command line at the other end of a connection: says who it is, asks, and is told what
 * changes. Everything is refused before `hello` brought the token.
 */
import { shareAlone } from '../../../core/model/share-alone.ts';
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import { isJsonObject, type Json } from '../../../core/model/json.ts';
import {
  Connection,
  RpcError,
  type Port,
  type Reply,
  type RequestListeners,
} from '../../../core/rpc/connection.ts';
import type { RequestName } from '../../../core/rpc/contract.ts';
import { readKeepAway, readScope } from '../cleanup/read-scope.ts';
import { newestFirst } from '../../../core/analysis/newest-first.ts';
import { PageFeed } from '../feed/page-feed.ts';
import { readPullRequest, readSegmentRequest } from '../feed/read-pull.ts';
import { LibraryFeed } from './library-feed.ts';
import { OpenedTraces } from './opened-traces.ts';
import { answerRooms } from './room-answers.ts';
import { tellAudit } from './audit-answers.ts';
import { tellPlugins } from './plugin-answers.ts';
import { readLimit, readString, readStrings } from './read-params.ts';
import { changeSettings } from './change-settings.ts';
import { sketchTrace } from './sketch-trace.ts';
import { tellUnavailable } from './tell-unavailable.ts';
import { describeOpened, TraceFeed } from './trace-feed.ts';
import type { Workbench } from './workbench.ts';
import { reportBug } from '../report-bug.ts';

const MAX_SPAN_IDS = 1000;
/** Of one answer: a message is one string, and other answers wait behind it. */
const MAX_SPANS_BYTES = 8 * 1024 * 1024;
const MAX_PATHS = 10_000;
const HELLO_WITHIN_MS = 5000;
const STATUS_EVERY_MS = 250;

/** Serves one connection until its port closes. */
export function startSession(port: Port, workbench: Workbench): void {
  const session = new Session(port, workbench);
  port.onClose(() => {
    session.stop();
  });
}

class Session {
  readonly #workbench: Workbench;
  readonly #connection: Connection;
  readonly #library: LibraryFeed;
  readonly #traces: TraceFeed;
  readonly #pages: PageFeed;
  readonly #opened: OpenedTraces;
  readonly #stops: (() => void)[] = [];
  #known = false;
  /** Ends a connection that does not say who it is. */
  readonly #silence = setTimeout(() => {
    this.#connection.close();
  }, HELLO_WITHIN_MS);
  #statusTimer: NodeJS.Timeout | undefined;
  #cleanupDue = false;
  #tellsCleanup = false;

  constructor(port: Port, workbench: Workbench) {
    this.#workbench = workbench;
    this.#opened = new OpenedTraces(workbench.audit);
    this.#connection = new Connection({
      port,
      answers: this.#answers(),
      onBug: (error) => {
        workbench.board.setError('A request of the page failed in the host.');
        reportBug(error);
      },
    });
    this.#library = new LibraryFeed(this.#connection, workbench.store.library, workbench.touched);
    this.#traces = new TraceFeed(this.#connection, workbench.store.library, workbench.touched);
    this.#pages = new PageFeed(this.#connection, workbench.store.library, workbench.touched);
  }

  stop(): void {
    clearTimeout(this.#silence);
    this.#library.stop();
    this.#traces.stop();
    this.#pages.stop();
    for (const stop of this.#stops) stop();
  }

  #answers(): RequestListeners {
    const { store } = this.#workbench;
    return {
      hello: (params) => this.#hello(params),
      'library.subscribe': this.#guarded(() => {
        // The snapshot that follows counts the spans anew.
        this.#tellStatus();
        return { result: { traces: this.#library.start() } };
      }),
      'library.list': this.#guarded((params) => ({
        result: { traces: newestFirst(store.library.summaries(), readLimit(params, 'limit')) },
      })),
      ...this.#feedAnswers(),
      'trace.open': this.#guarded((params) => this.#open(readString(params, 'traceId'))),
      'trace.sketch': this.#guarded(async (params) => {
        const sketch = sketchTrace(store.library, params);
        if (sketch.bytes !== undefined) await this.#opened.sketch(readString(params, 'traceId'));
        return sketch;
      }),
      'trace.close': this.#guarded((params) => {
        this.#traces.close(readString(params, 'traceId'));
        return { result: {} };
      }),
      'span.get': this.#guarded(async (params) => {
        const traceId = readString(params, 'traceId');
        const spanIds = readStrings(params, 'spanIds', MAX_SPAN_IDS);
        await this.#opened.read(traceId);
        return { result: store.readSpansUpTo(traceId, spanIds, MAX_SPANS_BYTES) };
      }),
      'import.paths': this.#guarded(async (params) => ({
        result: {
          files: await tellUnavailable(
            this.#workbench.importPaths(
              readString(params, 'importId'),
              readStrings(params, 'paths', MAX_PATHS),
              isJsonObject(params) && params['bringBack'] === true,
            ),
          ),
        },
      })),
      'import.cancel': this.#guarded((params) => {
        this.#workbench.cancelImport(readString(params, 'importId'));
        return { result: {} };
      }),
      ...this.#ownAnswers(),
      ...this.#cleanupAnswers(),
      ...this.#guardedAll(answerRooms(this.#workbench, () => this.#connection)),
    };
  }

  #guardedAll<Answers extends Partial<RequestListeners>>(answers: Answers): Answers {
    const guarded = Object.entries(answers).map(([name, answer]) => [name, this.#guarded(answer)]);
    // The same names with the same answers, of which each now asks who is there.
    return Object.fromEntries(guarded) as Answers;
  }

  #feedAnswers(): Pick<RequestListeners, 'library.summaries' | 'feed.pull' | 'feed.segment'> {
    const { library } = this.#workbench.store;
    return {
      'library.summaries': this.#guarded((params) => {
        const ids = readStrings(params, 'traceIds', MAX_SPAN_IDS);
        const traces = ids.flatMap((id) => library.findSummary(id) ?? []);
        const unknown = ids.filter((id) => library.findSummary(id) === undefined);
        return { result: { traces, unknown } };
      }),
      'feed.pull': this.#guarded(async (params) => {
        const { answer, bytes } = await this.#pages.pull(readPullRequest(params));
        // What was pulled was folded for it, so that its spans are counted by now.
        this.#workbench.board.tellCounted();
        return { result: answer, bytes };
      }),
      'feed.segment': this.#guarded(async (params) => {
        const { segment, fromPage, maxBytes } = readSegmentRequest(params);
        const { answer, bytes } = await this.#pages.pullSegment(segment, fromPage, maxBytes);
        return { result: answer, bytes };
      }),
    };
  }

  #cleanupAnswers(): Pick<RequestListeners, 'cleanup.preview' | 'cleanup.apply' | 'cleanup.status'> {
    const { cleaner } = this.#workbench;
    return {
      'cleanup.preview': this.#guarded(async (params) => ({
        result: await cleaner.preview(readScope(params)),
      })),
      'cleanup.apply': this.#guarded(async (params) => ({
        result: await tellUnavailable(cleaner.apply(readScope(params), readKeepAway(params))),
      })),
      'cleanup.status': this.#guarded(async () => ({ result: await cleaner.status() })),
    };
  }

  /** Of the host itself, not of traces. */
  #ownAnswers(): Pick<
    RequestListeners,
    'settings.get' | 'settings.set' | 'health.get' | 'reports.list' | 'prices.get'
  > {
    const { settings, reports } = this.#workbench;
    return {
      'reports.list': this.#guarded((params) => ({
        result: { reports: reports.list(readLimit(params, 'limit')) },
      })),
      'settings.get': this.#guarded(() => ({ result: settings.state })),
      'settings.set': this.#guarded(async (params) => ({ result: await changeSettings(settings, params) })),
      'health.get': this.#guarded(async () => ({ result: await this.#workbench.readHealth() })),
      'prices.get': this.#guarded(async () => ({ result: await this.#workbench.costs.readPrices() })),
    };
  }

  async #hello(params: Json): Promise<Reply<'hello'>> {
    if (!this.#workbench.isToken(readString(params, 'token'))) {
      // The answer goes out before the port closes.
      setImmediate(() => {
        this.#connection.close();
      });
      throw new RpcError('wrong-token', 'The token is not that of the running host.');
    }
    clearTimeout(this.#silence);
    if (!this.#known) this.#startTelling();
    this.#known = true;
    return { result: await this.#workbench.readStatus() };
  }

  #guarded<Name extends RequestName>(
    answer: (params: Json) => Reply<Name> | Promise<Reply<Name>>,
  ): (params: Json) => Promise<Reply<Name>> {
    return async (params) => {
      if (!this.#known) throw new RpcError('no-hello', 'The first request must be hello.');
      return await answer(params);
    };
  }

  async #open(traceId: string): Promise<Reply<'trace.open'>> {
    const folded = this.#workbench.store.library.findTrace(traceId);
    if (folded === undefined) throw new RpcError('unknown-trace', 'No trace has this id.');
    await this.#opened.open(traceId);
    this.#traces.open(traceId, folded);
    return {
      result: describeOpened(folded),
      bytes: encodeSpanTable(shareAlone(folded.spans)),
    };
  }

  #startTelling(): void {
    const { board, settings, touched } = this.#workbench;
    const tell = (): void => {
      this.#tellStatus();
    };
    this.#stops.push(
      this.#workbench.cleaner.onChange(() => {
        this.#tellCleanup().catch(reportBug);
      }),
      board.onChange(tell),
      board.countPage(),
      settings.onChange((state) => {
        this.#connection.emit('settings.changed', state);
      }),
      touched.listen(tell),
      this.#workbench.costs.onPrices((prices) => {
        this.#connection.emit('prices.changed', { prices });
      }),
      tellAudit(this.#workbench, this.#connection),
      tellPlugins(this.#workbench.plugins, this.#connection),
      this.#workbench.reports.onChange(() => {
        this.#connection.emit('reports.changed', {});
      }),
      this.#workbench.store.library.notes.onChange((traceId) => {
        this.#connection.emit('notes.changed', { traceId });
      }),
      this.#workbench.onImportProgress((progress) => {
        // The next one says it all again.
        if (!this.#connection.isBehind) this.#connection.emit('import.progress', progress);
      }),
      () => {
        clearTimeout(this.#statusTimer);
      },
    );
  }

  /** One after the other: a sum that took long must not be told after a newer one. */
  async #tellCleanup(): Promise<void> {
    this.#cleanupDue = true;
    if (this.#tellsCleanup) return;
    this.#tellsCleanup = true;
    try {
      while (this.#cleanupDue && !this.#connection.closed) {
        this.#cleanupDue = false;
        this.#connection.emit('cleanup.changed', await this.#workbench.cleaner.status());
      }
    } finally {
      this.#tellsCleanup = false;
    }
  }

  #tellStatus(): void {
    this.#statusTimer ??= setTimeout(() => {
      this.#statusTimer = undefined;
      if (this.#connection.closed) return;
      if (this.#connection.isBehind) {
        this.#tellStatus();
        return;
      }
      void this.#workbench.readStatus().then((status) => {
        this.#connection.emit('status.changed', status);
      }, reportBug);
    }, STATUS_EVERY_MS);
  }
}
