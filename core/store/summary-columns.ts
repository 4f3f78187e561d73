/**
 * The traces of the library as typed columns and string tables, at most about 200 bytes each with the index
 * of their ids, so that a list of 100,000 is filtered and sorted without an object a trace.
 */
import { at } from '../model/assert.ts';
import { StringTable } from '../model/string-table.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { ListTable } from './list-table.ts';
import { listTrace, type ListedTrace } from './listed-trace.ts';
import { RowIndex } from './row-index.ts';
import {
  BASIS_CODES,
  makeSummaryColumns,
  STATUS_CODES,
  SUMMARY_COLUMN_NAMES,
  type SummaryColumnArrays,
} from './summary-column-types.ts';
import { decodeSummaryParts, encodeSummaryParts, type SummaryParts } from './summary-columns-bytes.ts';
import { hashTraceId, packTraceId, TraceIdForm, unpackTraceId, type TraceIdWords } from './trace-id-words.ts';

/** Columns grow by a quarter: doubling would leave half of them empty. */
const GROWTH = 1.25;
const FIRST_CAPACITY = 64;

export class SummaryColumns {
  /** Workflows, agents, models, sources, origins. */
  readonly names: StringTable;
  /** Groups, and the ids of no known shape. */
  readonly ids: StringTable;
  readonly lists: ListTable;
  #columns: SummaryColumnArrays;
  #rows: number;
  #size: number;
  #idsVersion = 0;
  /** Texts of rows that were removed or changed stay in the tables until the columns are packed. */
  #stale = false;
  readonly #free: number[] = [];
  readonly #index = new RowIndex((row) => hashTraceId(this.#wordsAt(row)));

  constructor(parts?: SummaryParts) {
    this.names = StringTable.from(parts?.names ?? ['']);
    this.ids = StringTable.from(parts?.ids ?? ['']);
    this.lists = new ListTable(this.names, parts?.lists);
    this.#columns = parts?.columns ?? makeSummaryColumns(FIRST_CAPACITY);
    this.#rows = this.#size = parts?.rows ?? 0;
    for (let row = 0; row < this.#rows; row++) this.#index.add(row);
  }

  /** Reads what `encode` wrote. Throws a RangeError or SyntaxError on bytes that are not that. */
  static decode(bytes: Uint8Array): SummaryColumns {
    return new SummaryColumns(decodeSummaryParts(bytes));
  }

  /** Traces. */
  get size(): number {
    return this.#size;
  }

  /** Rows, those that were freed included: `columns.idForm` of such a row is 0. */
  get rows(): number {
    return this.#rows;
  }

  /** Another number whenever an id has come or gone. */
  get idsVersion(): number {
    return this.#idsVersion;
  }

  /** May be longer than `rows`, and are replaced when they grow. */
  get columns(): SummaryColumnArrays {
    return this.#columns;
  }

  /** Bytes of the columns and the index of ids, without the texts. */
  get byteLength(): number {
    const columns = SUMMARY_COLUMN_NAMES.reduce((sum, name) => sum + this.#columns[name].byteLength, 0);
    return columns + this.#index.byteLength;
  }

  /** Adds a trace, or puts what is now known of it in the place of what was; returns its row. */
  upsert(trace: TraceSummary): number {
    return this.upsertListed(listTrace(trace));
  }

  upsertListed(trace: ListedTrace): number {
    packTraceId(trace.id, words, (text) => this.ids.add(text));
    const known = this.#find();
    if (known !== undefined) this.#stale = true;
    const row = known ?? this.#takeRow();
    this.#write(row, trace);
    return row;
  }

  /** Removes a trace and returns the row that it had, which the next new trace takes. */
  remove(id: string): number | undefined {
    const row = this.rowOf(id);
    if (row === undefined) return undefined;
    this.#index.remove(row);
    this.#columns.idForm[row] = TraceIdForm.none;
    this.#free.push(row);
    this.#size--;
    this.#idsVersion++;
    this.#stale = true;
    return row;
  }

  rowOf(id: string): number | undefined {
    return packTraceId(id, words, (text) => this.ids.find(text)) ? this.#find() : undefined;
  }

  idAt(row: number): string {
    return unpackTraceId(this.#wordsAt(row), this.ids);
  }

  /** What the list shows of the trace in a row. */
  read(row: number): ListedTrace {
    const c = this.#columns;
    return {
      id: this.idAt(row),
      workflowName: this.names.at(at(c.workflow, row)) ?? '',
      groupId: this.ids.at(at(c.group, row)),
      status: at(STATUS_CODES, at(c.status, row)),
      startedUs: at(c.startedUs, row),
      durationMs: at(c.durationMs, row),
      spans: at(c.spans, row),
      errors: at(c.errors, row),
      tokens: {
        input: known(at(c.inputTokens, row)),
        output: known(at(c.outputTokens, row)),
        cached: known(at(c.cachedTokens, row)),
        reasoning: known(at(c.reasoningTokens, row)),
        total: known(at(c.totalTokens, row)),
        basis: at(BASIS_CODES, at(c.basis, row)),
      },
      agents: this.lists.texts(at(c.agents, row)),
      models: this.lists.texts(at(c.models, row)),
      sources: this.lists.texts(at(c.sources, row)),
      origins: this.lists.texts(at(c.origins, row)),
      path: this.lists.texts(at(c.path, row)),
      stops: at(c.stops, row),
    };
  }

  /** Ids of all traces, in no order that means anything. */
  *allIds(): Generator<string> {
    for (let row = 0; row < this.#rows; row++) if (this.#columns.idForm[row] !== 0) yield this.idAt(row);
  }

  /** All of it as one record, with no text that no trace needs. */
  encode(): Uint8Array<ArrayBuffer> {
    const packed = this.#stale ? this.#packed() : this;
    return encodeSummaryParts({
      names: packed.names.texts(),
      ids: packed.ids.texts(),
      lists: packed.lists.all(),
      columns: packed.columns,
      rows: packed.rows,
    });
  }

  #packed(): SummaryColumns {
    const packed = new SummaryColumns();
    for (let row = 0; row < this.#rows; row++) {
      if (this.#columns.idForm[row] !== 0) packed.upsertListed(this.read(row));
    }
    return packed;
  }

  #write(row: number, trace: ListedTrace): void {
    const c = this.#columns;
    c.workflow[row] = this.names.add(trace.workflowName);
    c.group[row] = this.ids.add(trace.groupId);
    c.status[row] = STATUS_CODES.indexOf(trace.status);
    c.startedUs[row] = trace.startedUs;
    c.durationMs[row] = trace.durationMs;
    c.spans[row] = trace.spans;
    c.errors[row] = trace.errors;
    const { tokens } = trace;
    c.inputTokens[row] = tokens.input ?? Number.NaN;
    c.outputTokens[row] = tokens.output ?? Number.NaN;
    c.cachedTokens[row] = tokens.cached ?? Number.NaN;
    c.reasoningTokens[row] = tokens.reasoning ?? Number.NaN;
    c.totalTokens[row] = tokens.total ?? Number.NaN;
    c.basis[row] = BASIS_CODES.indexOf(tokens.basis);
    c.agents[row] = this.lists.add(trace.agents);
    c.models[row] = this.lists.add(trace.models);
    c.sources[row] = this.lists.add(trace.sources);
    c.origins[row] = this.lists.add(trace.origins);
    c.path[row] = this.lists.add(trace.path);
    c.stops[row] = trace.stops;
  }

  /** The row whose id is in `words`. */
  #find(): number | undefined {
    const { form, a, b, c, d } = words;
    const { idForm, idA, idB, idC, idD } = this.#columns;
    return this.#index.find(
      hashTraceId(words),
      (row) => idA[row] === a && idB[row] === b && idC[row] === c && idD[row] === d && idForm[row] === form,
    );
  }

  /** A row for the id in `words`: one that was freed, else a new one. */
  #takeRow(): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (row >= this.#columns.idA.length) this.#grow();
    const c = this.#columns;
    c.idForm[row] = words.form;
    c.idA[row] = words.a;
    c.idB[row] = words.b;
    c.idC[row] = words.c;
    c.idD[row] = words.d;
    this.#index.add(row);
    this.#size++;
    this.#idsVersion++;
    return row;
  }

  #wordsAt(row: number): TraceIdWords {
    const c = this.#columns;
    found.form = at(c.idForm, row);
    found.a = at(c.idA, row);
    found.b = at(c.idB, row);
    found.c = at(c.idC, row);
    found.d = at(c.idD, row);
    return found;
  }

  #grow(): void {
    const grown = makeSummaryColumns(Math.max(FIRST_CAPACITY, Math.ceil(this.#columns.idA.length * GROWTH)));
    for (const name of SUMMARY_COLUMN_NAMES) grown[name].set(this.#columns[name]);
    this.#columns = grown;
  }
}

const words: TraceIdWords = { form: 0, a: 0, b: 0, c: 0, d: 0 };
/** A second one: growing the index asks for hashes while an id waits in `words`. */
const found: TraceIdWords = { form: 0, a: 0, b: 0, c: 0, d: 0 };

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
