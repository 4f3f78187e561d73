/**
 * What the host says of the parts of a query that the columns cannot answer: one answer a part, by row, kept while
 * it is in use and for a while after. Asked once for all traces, and again for those that change.
 */
import { RpcError, type Connection } from '../../core/rpc/connection.ts';
import type { Events } from '../../core/rpc/contract.ts';
import type { QueryValue } from '../../core/rpc/query.ts';
import { HOST_SAYS } from '../../core/store/match-rows.ts';
import type { SummaryColumns } from '../../core/store/summary-columns.ts';
import type { FreedRows } from './columns-list.ts';
import type { HostAsking, ValuesOf } from './store-messages.ts';

export interface HostAnswersParts {
  readonly columns: () => SummaryColumns;
  /** There is more to show than before. */
  readonly onChange: () => void;
}

/** More changed traces than this are asked for with all the others. */
const MOST_IDS = 10_000;
/** Answers that are kept beside those in use: one goes back and forth between two queries. */
const KEPT = 6;

interface Answer {
  readonly part: string;
  says: Uint8Array;
  /** Traces to ask for again; all: everything. */
  due: Set<string> | 'all';
  run: Run | undefined;
  failure: string | undefined;
}

interface Run {
  readonly id: string;
  done: number;
  total: number;
  isStopped: boolean;
  /** Rows of the traces that were found. */
  readonly found: Set<number>;
}

export class HostAnswers {
  readonly #parts: HostAnswersParts;
  /** The one that was wanted last stands last. */
  readonly #answers = new Map<string, Answer>();
  #wanted: readonly string[] = [];
  #connection: Connection | undefined;
  #runs = 0;

  constructor(parts: HostAnswersParts) {
    this.#parts = parts;
  }

  connect(connection: Connection | undefined): void {
    this.#connection = connection;
    for (const answer of this.#answers.values()) {
      answer.run = undefined;
      // What has changed while nobody told is not known.
      answer.due = 'all';
    }
    this.#askWanted();
  }

  /** Says which parts are in use; others are asked no further. */
  want(parts: readonly string[]): void {
    this.#wanted = parts;
    for (const part of parts) {
      const answer = this.#answers.get(part) ?? freshAnswer(part);
      this.#answers.delete(part);
      this.#answers.set(part, answer);
    }
    for (const [part, answer] of this.#answers) {
      if (parts.includes(part)) continue;
      this.#stop(answer);
      if (this.#answers.size > KEPT + parts.length) this.#answers.delete(part);
    }
    this.#askWanted();
  }

  answerOf(part: string): Uint8Array | undefined {
    return this.#answers.get(part)?.says;
  }

  /** Undefined where everything in use is answered. */
  get asking(): HostAsking | undefined {
    const open = this.#wanted.flatMap((part) => this.#answers.get(part) ?? []).filter(isOpen);
    if (open.length === 0) return undefined;
    const sum = (of: (run: Run) => number): number =>
      open.reduce((total, { run }) => total + (run === undefined ? 0 : of(run)), 0);
    return {
      done: sum(({ done }) => done),
      total: sum(({ total }) => total),
      isOnline: this.#connection !== undefined,
      failure: open.find(({ failure }) => failure !== undefined)?.failure,
    };
  }

  /** Traces are others than before, or gone. */
  changed(freed: FreedRows, ids: readonly string[]): void {
    for (const answer of this.#answers.values()) {
      if (freed === 'all') {
        this.#stop(answer);
        answer.says = new Uint8Array();
        answer.due = 'all';
        continue;
      }
      for (const row of freed) {
        answer.run?.found.delete(row);
        if (row < answer.says.length) answer.says[row] = HOST_SAYS.nothing;
      }
      if (answer.due === 'all') continue;
      for (const id of ids) answer.due.add(id);
      if (answer.due.size > MOST_IDS) answer.due = 'all';
    }
    this.#askWanted();
  }

  /** Values that only the host knows; none while it is away. */
  async valuesOf(of: ValuesOf): Promise<readonly QueryValue[]> {
    try {
      return (await this.#connection?.request('query.values', { ...of }))?.result.values ?? [];
    } catch (error) {
      if (error instanceof RpcError) return [];
      throw error;
    }
  }

  /** The host has found some. */
  take({ runId, traceIds, done, total }: Events['query.found']): void {
    for (const answer of this.#answers.values()) {
      if (answer.run?.id !== runId) continue;
      Object.assign(answer.run, { done, total });
      for (const id of traceIds) {
        const row = this.#parts.columns().rowOf(id);
        if (row === undefined) continue;
        answer.run.found.add(row);
        this.#write(answer, row, HOST_SAYS.yes);
      }
      this.#parts.onChange();
    }
  }

  #askWanted(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    for (const part of this.#wanted) {
      const answer = this.#answers.get(part);
      const isDue = answer !== undefined && (answer.due === 'all' || answer.due.size > 0);
      if (answer !== undefined && isDue && answer.run === undefined) void this.#ask(answer, connection);
    }
  }

  async #ask(answer: Answer, connection: Connection): Promise<void> {
    const { due } = answer;
    const run: Run = {
      id: `query-${String(++this.#runs)}`,
      done: 0,
      total: 0,
      isStopped: false,
      found: new Set(),
    };
    answer.run = run;
    answer.due = new Set();
    const traceIds = due === 'all' ? undefined : [...due];
    try {
      const params = { runId: run.id, query: answer.part, ...(traceIds && { traceIds }) };
      await connection.request('query.traces', params);
      if (run.isStopped || answer.run !== run) return;
      this.#settle(answer, run, traceIds);
      answer.failure = undefined;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (answer.run !== run) return;
      if (error.code !== 'closed') answer.failure = error.message;
    }
    answer.run = undefined;
    this.#parts.onChange();
    if (answer.failure === undefined) this.#askWanted();
  }

  /** All that was asked for was looked at: what was not found does not pass. Until then what was said before holds. */
  #settle(answer: Answer, { found }: Run, traceIds: readonly string[] | undefined): void {
    const columns = this.#parts.columns();
    const settle = (row: number): void => {
      if (columns.columns.idForm[row] === 0) return;
      this.#write(answer, row, found.has(row) ? HOST_SAYS.yes : HOST_SAYS.no);
    };
    if (traceIds === undefined) for (let row = 0; row < columns.rows; row++) settle(row);
    for (const id of traceIds ?? []) {
      const row = columns.rowOf(id);
      if (row !== undefined) settle(row);
    }
  }

  #write(answer: Answer, row: number, says: number): void {
    if (row >= answer.says.length) {
      const grown = new Uint8Array(Math.max(this.#parts.columns().rows, row + 1));
      grown.set(answer.says);
      answer.says = grown;
    }
    answer.says[row] = says;
  }

  #stop(answer: Answer): void {
    const { run } = answer;
    if (run === undefined) return;
    run.isStopped = true;
    answer.run = undefined;
    answer.due = 'all';
    this.#connection?.request('query.cancel', { runId: run.id }).catch(() => undefined);
  }
}

function isOpen({ run, due, failure }: Answer): boolean {
  return run !== undefined || due === 'all' || due.size > 0 || failure !== undefined;
}

function freshAnswer(part: string): Answer {
  return { part, says: new Uint8Array(), due: 'all', run: undefined, failure: undefined };
}
