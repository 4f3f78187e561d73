/**
 * Rows of spans as columns: 116 bytes a row instead of the 500 to 1,600 of an object. Sidecars, the host's
 * index and the page hold spans in this one shape; `encodeSpanTable` writes it, byte for byte.
 */
import { at } from './assert.ts';
import { KIND_DEFINITIONS } from './kinds/registry.ts';
import { COLUMN_NAMES, makeColumns, type ColumnName, type Columns } from './span-columns.ts';
import { packId, unpackId, type IdForm, type PackedId } from './packed-id.ts';
import { kindOf } from './span-kind.ts';
import type { SpanRow } from './span-row.ts';
import { StringTable } from './string-table.ts';
import {
  bareEntry,
  mergeTraceEntries,
  NO_TRACE_ID,
  type LineAddress,
  type TraceEntry,
} from './trace-entry.ts';

/** Where the payload of a row stands, and the crc32 of its line. */
export interface PayloadAddress extends LineAddress {
  readonly digest: number;
}

export { COLUMN_NAMES, COLUMN_TYPES, makeColumns, type ColumnName, type Columns } from './span-columns.ts';

const FIRST_CAPACITY = 64;

export class SpanTable {
  readonly strings: StringTable;
  #columns: Columns;
  #length: number;
  #capacity: number;
  readonly #traces: TraceEntry[];
  readonly #traceNumbers: Map<string, number>;
  readonly #traceLines: number[];

  /** An empty table, or one around columns that were read; `length` may be less than they hold. */
  constructor(parts?: {
    columns: Columns;
    length: number;
    strings: StringTable;
    traces: readonly TraceEntry[];
    traceLines?: readonly number[];
  }) {
    this.#columns = parts?.columns ?? makeColumns(FIRST_CAPACITY);
    this.#capacity = this.#columns.startUs.length;
    this.#length = parts?.length ?? 0;
    this.strings = parts?.strings ?? new StringTable();
    this.#traces = [...(parts?.traces ?? [])];
    this.#traceLines = [...(parts?.traceLines ?? [])];
    this.#traceNumbers = new Map(this.#traces.map((trace, i) => [trace.id, i]));
    this.#traceNumbers.delete(NO_TRACE_ID);
  }

  /**
   * A table of chosen rows of another: it shares the strings, lists no traces, and its `trace` is 0. `columns`: such
   * as are long enough and are written over.
   */
  static copyRows(
    source: SpanTable,
    rows: readonly number[],
    columns: Columns = makeColumns(rows.length),
  ): SpanTable {
    // Column by column: the engine keeps a loop over one typed array tight, one over all columns it does not.
    for (const name of COLUMN_NAMES)
      if (name !== 'trace') copyColumn(source.columns[name], rows, columns[name]);
    return new SpanTable({ columns, length: rows.length, strings: source.strings, traces: [] });
  }

  get length(): number {
    return this.#length;
  }

  /** The columns as they are now; they may be longer than `length`, and are replaced when the table grows. */
  get columns(): Columns {
    return this.#columns;
  }

  get traces(): readonly TraceEntry[] {
    return this.#traces;
  }

  /** The number of a trace in this table, or undefined. */
  findTrace(traceId: string): number | undefined {
    return this.#traceNumbers.get(traceId);
  }

  /**
   * Deletes a trace: its rows and lines stay and belong to an entry without an id; what is added to the trace
   * from now on begins anew. Returns whether the table knew it.
   */
  forgetTrace(traceId: string): boolean {
    const known = this.#traceNumbers.get(traceId);
    if (known === undefined) return false;
    this.#traceNumbers.delete(traceId);
    this.#traces[known] = bareEntry(NO_TRACE_ID);
    return true;
  }

  /** Adds what is known of a trace to what the table knows of it, and returns its number. */
  mergeTrace(entry: TraceEntry): number {
    const known = this.#traceNumbers.get(entry.id);
    if (known !== undefined) {
      this.#traces[known] = mergeTraceEntries(at(this.#traces, known), entry);
      return known;
    }
    const number = this.#traces.push(entry) - 1;
    this.#traceNumbers.set(entry.id, number);
    return number;
  }

  /** Notes where a trace item itself stands, so that deletion finds it. */
  addTraceLine(trace: number, { offset, length }: LineAddress): void {
    this.#traceLines.push(trace, offset, length);
  }

  /** Three numbers a trace item: number of the trace, offset, length. */
  get traceLines(): readonly number[] {
    return this.#traceLines;
  }

  /** Appends a row to a trace that the table knows (`mergeTrace`), and returns its number. */
  append(row: SpanRow, trace: number, payload: PayloadAddress): number {
    const i = this.#makeRoom();
    const c = this.#columns;
    c.startUs[i] = row.startUs;
    c.endUs[i] = row.endUs;
    c.offset[i] = payload.offset;
    c.length[i] = payload.length;
    c.digest[i] = payload.digest;
    c.trace[i] = trace;
    c.kind[i] = row.kind;
    c.flags[i] = row.flags;
    c.name[i] = this.strings.add(row.name);
    c.agent[i] = this.strings.add(row.agent);
    c.target[i] = this.strings.add(row.target);
    c.model[i] = this.strings.add(row.model);
    c.provider[i] = this.strings.add(row.provider);
    c.errorClass[i] = this.strings.add(row.errorClass);
    c.callDigest[i] = row.callDigest;
    c.resultDigest[i] = row.resultDigest;
    c.inputTokens[i] = row.inputTokens;
    c.outputTokens[i] = row.outputTokens;
    c.cachedTokens[i] = row.cachedTokens;
    c.cacheWriteTokens[i] = row.cacheWriteTokens;
    c.reasoningTokens[i] = row.reasoningTokens;
    c.totalTokens[i] = row.totalTokens;
    packId(row.spanId, this.strings, packed);
    c.idA[i] = packed.a;
    c.idB[i] = packed.b;
    c.idC[i] = packed.c;
    c.idForm[i] = packed.form;
    packId(row.parentId, this.strings, packed);
    c.parentA[i] = packed.a;
    c.parentB[i] = packed.b;
    c.parentC[i] = packed.c;
    c.parentForm[i] = packed.form;
    return i;
  }

  /** Appends row `from` of another table: its strings are taken over, the trace is a number of this table. */
  appendFrom(source: SpanTable, from: number, trace: number): number {
    const i = this.#makeRoom();
    const into = this.#columns;
    const out = source.columns;
    for (const name of COLUMN_NAMES) into[name][i] = at(out[name], from);
    into.trace[i] = trace;
    if (source.strings === this.strings) return i;
    for (const name of STRING_COLUMNS)
      into[name][i] = this.strings.add(source.strings.at(at(out[name], from)));
    if (out.idForm[from] === TEXT_FORM) into.idA[i] = this.strings.add(source.strings.at(at(out.idA, from)));
    if (out.parentForm[from] === TEXT_FORM)
      into.parentA[i] = this.strings.add(source.strings.at(at(out.parentA, from)));
    return i;
  }

  spanId(row: number): string {
    const c = this.#columns;
    return unpackId(at(c.idForm, row), at(c.idA, row), at(c.idB, row), at(c.idC, row), this.strings) ?? '';
  }

  parentId(row: number): string | undefined {
    const c = this.#columns;
    return unpackId(
      at(c.parentForm, row),
      at(c.parentA, row),
      at(c.parentB, row),
      at(c.parentC, row),
      this.strings,
    );
  }

  /** What a person calls the span: its name, else where it hands off to, its model, or the label of its kind. */
  name(row: number): string {
    const name = this.strings.at(at(this.#columns.name, row));
    if (name !== undefined) return name;
    const target = this.text('target', row);
    if (target !== undefined) return `→ ${target}`;
    return this.text('model', row) ?? KIND_DEFINITIONS[kindOf(at(this.#columns.kind, row))].label;
  }

  /** The text of a string column at a row, or undefined. */
  text(column: Exclude<(typeof STRING_COLUMNS)[number], 'name'>, row: number): string | undefined {
    return this.strings.at(at(this.#columns[column], row));
  }

  /** Forgets rows from `length` on; the strings and traces they brought stay. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  #makeRoom(): number {
    if (this.#length === this.#capacity) {
      this.#capacity = Math.max(this.#capacity * 2, FIRST_CAPACITY);
      this.#columns = copyColumns(this.#columns, makeColumns(this.#capacity));
    }
    return this.#length++;
  }
}

const TEXT_FORM: IdForm = 3;
/** Columns whose numbers are those of texts. */
export const STRING_COLUMNS = ['name', 'agent', 'target', 'model', 'provider', 'errorClass'] as const;
const packed: PackedId = { form: 0, a: 0, b: 0, c: 0 };

function copyColumn(from: Columns[ColumnName], rows: readonly number[], into: Columns[ColumnName]): void {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] ?? 0] ?? 0;
}

function copyColumns(from: Columns, into: Columns): Columns {
  for (const name of COLUMN_NAMES) into[name].set(from[name]);
  return into;
}
