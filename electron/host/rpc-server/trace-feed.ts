/** Keeps the traces that a page has open up to date: only rows that are new or changed go out. */
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { Connection } from '../../../core/rpc/connection.ts';
import type { TraceOpened } from '../../../core/rpc/contract.ts';
import type { FoldedTrace } from '../library/folded-trace.ts';
import type { Library } from '../library/library.ts';
import { PacedKeys } from './paced-keys.ts';
import type { TouchedTraces } from './touched-traces.ts';
import { takeChangedRows } from './trace-delta.ts';

export class TraceFeed {
  readonly #connection: Connection;
  readonly #library: Library;
  /** What the page has of each open trace. */
  readonly #sent = new Map<string, SpanTable>();
  readonly #changed: PacedKeys;
  readonly #stopListening: () => void;

  constructor(connection: Connection, library: Library, touched: TouchedTraces) {
    this.#connection = connection;
    this.#library = library;
    this.#changed = new PacedKeys(
      () => connection.isBehind,
      (traceIds) => {
        for (const traceId of traceIds) this.#send(traceId);
      },
    );
    this.#stopListening = touched.listen((traceIds) => {
      this.#changed.add(traceIds.filter((traceId) => this.#sent.has(traceId)));
    });
  }

  open(traceId: string, { spans }: FoldedTrace): void {
    this.#sent.set(traceId, spans);
  }

  close(traceId: string): void {
    this.#sent.delete(traceId);
  }

  stop(): void {
    this.#changed.stop();
    this.#stopListening();
    this.#sent.clear();
  }

  #send(traceId: string): void {
    const before = this.#sent.get(traceId);
    const now = this.#library.findTrace(traceId);
    if (before === undefined || now === undefined) return;
    this.#sent.set(traceId, now.spans);
    const bytes = encodeSpanTable(takeChangedRows(before, now.spans));
    this.#connection.emit('trace.changed', { traceId, ...describeOpened(now) }, bytes);
  }
}

/** The JSON beside the bytes of an open trace. */
export function describeOpened({ summary, clockOffsetUs, diagnostics }: FoldedTrace): TraceOpened {
  return { summary, clockOffsetUs, diagnostics };
}
