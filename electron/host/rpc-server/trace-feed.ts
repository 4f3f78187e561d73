/** Keeps the traces that a page has open up to date: only rows that are new or changed go out. */
import { encodeSpanTable } from '../../../core/model/span-table-bytes.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { Connection } from '../../../core/rpc/connection.ts';
import type { FoldedTrace } from '../library/folded-trace.ts';
import type { Library } from '../library/library.ts';
import { gatherChanges } from './gather-changes.ts';
import { takeChangedRows } from './trace-delta.ts';

const GATHER_MS = 80;

export class TraceFeed {
  readonly #connection: Connection;
  readonly #library: Library;
  /** What the page has of each open trace. */
  readonly #sent = new Map<string, SpanTable>();
  readonly #changes = gatherChanges(GATHER_MS, (traceIds) => {
    for (const traceId of traceIds) this.#send(traceId);
  });
  readonly #stopListening: () => void;

  constructor(connection: Connection, library: Library) {
    this.#connection = connection;
    this.#library = library;
    this.#stopListening = library.onTouched((traceId) => {
      if (this.#sent.has(traceId)) this.#changes.add(traceId);
    });
  }

  open(traceId: string, { spans }: FoldedTrace): void {
    this.#sent.set(traceId, spans);
  }

  close(traceId: string): void {
    this.#sent.delete(traceId);
  }

  stop(): void {
    this.#changes.stop();
    this.#stopListening();
    this.#sent.clear();
  }

  #send(traceId: string): void {
    const before = this.#sent.get(traceId);
    const now = this.#library.findTrace(traceId);
    if (before === undefined || now === undefined) return;
    this.#sent.set(traceId, now.spans);
    const { summary, clockOffsetUs, diagnostics } = now;
    const bytes = encodeSpanTable(takeChangedRows(before, now.spans));
    this.#connection.emit('trace.changed', { traceId, summary, clockOffsetUs, diagnostics }, bytes);
  }
}
