/**
 * The records of many spans of the open trace, read as they come into sight: what is wanted first is read
 * first, in parts small enough to be parsed without a stall, and let go again when they grow too many.
 */
import type { Message } from '../../core/analysis/message.ts';
import { readMessages } from '../../core/analysis/messages.ts';
import { at } from '../../core/model/assert.ts';
import { objectAt } from '../../core/model/json.ts';
import { RpcError } from '../../core/rpc/connection.ts';
import type { SpanDetail } from '../../core/rpc/contract.ts';
import type { Link } from './link.svelte.ts';
import type { LoadedTrace } from './loaded-trace.ts';
import { readAllRecords, readRecords } from './read-records.ts';
import { RecordCache } from './record-cache.ts';

/** Of one request: so much is parsed in a few hundredths of a second. */
const MOST_IDS = 60;
const MOST_BYTES = 1_000_000;
/** Of all that is held. */
const HELD_BYTES = 48_000_000;

const NOTHING: readonly Message[] = [];

export class SpanRecords {
  failure: string | undefined = $state();
  /** Moves with everything that comes, so that whoever shows records reads them anew. */
  #version = $state(0);
  readonly #link: Pick<Link, 'request'>;
  readonly #cache = new RecordCache(HELD_BYTES);
  readonly #messages = new WeakMap<SpanDetail, readonly Message[]>();
  #trace: LoadedTrace | undefined;
  #wanted: readonly number[] = [];
  #reading: symbol | undefined;

  constructor(link: Pick<Link, 'request'>) {
    this.#link = link;
  }

  /** Rows of this trace are meant from now on; of a trace that only grew, what was read stays. */
  look(trace: LoadedTrace): void {
    if (trace === this.#trace) return;
    if (trace.summary.id !== this.#trace?.summary.id) {
      this.#reading = undefined;
      this.#wanted = [];
      this.#cache.clear();
      this.#version++;
    }
    this.#trace = trace;
    this.failure = undefined;
  }

  /** Wishes for records, the most urgent first. Earlier wishes that are not among them are dropped. */
  want(rows: readonly number[]): void {
    this.#wanted = rows;
    if (this.#reading === undefined) void this.#readOn();
  }

  /** Whether there is an answer for a row: its record, or that the journal has none. */
  has(row: number): boolean {
    return this.#version >= 0 && this.#cache.has(row);
  }

  get(row: number): SpanDetail | undefined {
    return this.#version >= 0 ? this.#cache.get(row) : undefined;
  }

  /** The messages of a call of a model; none where there are none, or none were read. */
  messages(row: number): readonly Message[] {
    const detail = this.get(row);
    if (detail === undefined) return NOTHING;
    let messages = this.#messages.get(detail);
    if (messages === undefined) {
      messages = readMessages(objectAt(detail.record, 'span_data') ?? {});
      this.#messages.set(detail, messages);
    }
    return messages;
  }

  /** Reads records for one who keeps none of them: a search goes through all and holds nothing. */
  async readOnce(rows: readonly number[]): Promise<ReadonlyMap<number, SpanDetail>> {
    if (this.#trace === undefined) throw new Error('no trace is looked at');
    return readAllRecords(this.#link, this.#trace, rows);
  }

  #next(trace: LoadedTrace): readonly number[] {
    const rows: number[] = [];
    let bytes = 0;
    for (const row of this.#wanted) {
      if (row < 0 || this.#cache.isFresh(row, trace)) continue;
      bytes += at(trace.model.table.columns.length, row);
      if (rows.length > 0 && bytes > MOST_BYTES) break;
      rows.push(row);
      if (rows.length === MOST_IDS) break;
    }
    return rows;
  }

  async #readOn(): Promise<void> {
    const turn = (this.#reading = Symbol('reading'));
    while (turn === this.#reading) {
      const trace = this.#trace;
      const rows = trace === undefined ? [] : this.#next(trace);
      if (trace === undefined || rows.length === 0) break;
      try {
        const { details } = await readRecords(this.#link, trace, rows);
        if (turn !== this.#reading) return;
        for (const [row, detail] of details) this.#cache.hold(trace, row, detail);
        this.#cache.letGo(this.#wanted);
        this.#version++;
      } catch (error) {
        if (turn !== this.#reading) return;
        this.failure = sayWhy(error);
        break;
      }
    }
    if (turn === this.#reading) this.#reading = undefined;
  }
}

function sayWhy(error: unknown): string {
  if (error instanceof RpcError && error.code === 'closed') {
    return 'The host is away: what was said can be read when it is back.';
  }
  return error instanceof Error ? error.message : String(error);
}
