/**
 * One page or one command line at the other end of a connection: says who it is, asks, and is told what
 * changes. Everything is refused before `hello` brought the token.
 */
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { Json } from '../../../core/model/json.ts';
import {
  Connection,
  RpcError,
  type Port,
  type Reply,
  type RequestListeners,
} from '../../../core/rpc/connection.ts';
import type { RequestName } from '../../../core/rpc/contract.ts';
import type { FoldedTrace } from '../library/folded-trace.ts';
import { newestFirst } from '../library/newest-first.ts';
import { LibraryFeed } from './library-feed.ts';
import { readLimit, readString, readStrings } from './read-params.ts';
import { TraceFeed } from './trace-feed.ts';
import { takeChangedRows } from './trace-delta.ts';
import type { Workbench } from './workbench.ts';

const MAX_SPAN_IDS = 1000;
const MAX_PATHS = 10_000;
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
  readonly #stops: (() => void)[] = [];
  #known = false;

  constructor(port: Port, workbench: Workbench) {
    this.#workbench = workbench;
    this.#connection = new Connection({
      port,
      answers: this.#answers(),
      onBug: (error) => {
        workbench.board.setError('A request of the page failed in the host.');
        reportBug(error);
      },
    });
    this.#library = new LibraryFeed(this.#connection, workbench.store.library);
    this.#traces = new TraceFeed(this.#connection, workbench.store.library);
  }

  stop(): void {
    this.#library.stop();
    this.#traces.stop();
    for (const stop of this.#stops) stop();
  }

  #answers(): RequestListeners {
    const { store } = this.#workbench;
    return {
      hello: (params) => this.#hello(params),
      'library.subscribe': this.#guarded(() => ({ result: { traces: this.#library.start() } })),
      'library.list': this.#guarded((params) => ({
        result: { traces: newestFirst(store.library.summaries(), readLimit(params, 'limit')) },
      })),
      'trace.open': this.#guarded((params) => this.#open(readString(params, 'traceId'))),
      'trace.close': this.#guarded((params) => {
        this.#traces.close(readString(params, 'traceId'));
        return { result: {} };
      }),
      'span.get': this.#guarded((params) => ({
        result: {
          spans: store.readSpans(readString(params, 'traceId'), readStrings(params, 'spanIds', MAX_SPAN_IDS)),
        },
      })),
      'import.paths': this.#guarded(async (params) => ({
        result: {
          files: await this.#workbench.importPaths(
            readString(params, 'importId'),
            readStrings(params, 'paths', MAX_PATHS),
          ),
        },
      })),
      'import.cancel': this.#guarded((params) => {
        this.#workbench.cancelImport(readString(params, 'importId'));
        return { result: {} };
      }),
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

  #open(traceId: string): Reply<'trace.open'> {
    const folded = this.#workbench.store.library.findTrace(traceId);
    if (folded === undefined) throw new RpcError('unknown-trace', 'No trace has this id.');
    this.#traces.open(traceId, folded);
    return {
      result: describeOpened(folded),
      bytes: encodeSpanTable(takeChangedRows(undefined, folded.spans)),
    };
  }

  #startTelling(): void {
    const { board, store } = this.#workbench;
    let timer: NodeJS.Timeout | undefined;
    const tell = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void this.#workbench.readStatus().then((status) => {
          this.#connection.emit('status.changed', status);
        }, reportBug);
      }, STATUS_EVERY_MS);
    };
    this.#stops.push(
      board.onChange(tell),
      store.library.onTouched(tell),
      this.#workbench.onImportProgress((progress) => {
        this.#connection.emit('import.progress', progress);
      }),
      () => {
        clearTimeout(timer);
      },
    );
  }
}

/** The JSON beside the bytes of an open trace. */
export function describeOpened({ summary, clockOffsetUs, diagnostics }: FoldedTrace): {
  readonly summary: FoldedTrace['summary'];
  readonly clockOffsetUs: number;
  readonly diagnostics: FoldedTrace['diagnostics'];
} {
  return { summary, clockOffsetUs, diagnostics };
}

/** Our own bugs are loud: on stderr, without a word of a trace. */
function reportBug(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`);
}
