/**
 * The host's index: which trace lies in which segments, and the summary of each. Records come in journal
 * order; a summary is made anew only when somebody asks and something changed, so that a list is exact at
 * once and a fast import folds a trace a few times, not once a span.
 */
import type { Deletion } from '../../../core/journal/delete-line.ts';
import type { NoteLine } from '../../../core/journal/note-line.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { Clock, EpochUs } from '../../../core/model/time.ts';
import { NO_TRACE_ID } from '../../../core/model/trace-entry.ts';
import { indexBatch } from '../records/index-batch.ts';
import type { RecordBatch } from '../records/record-batch.ts';
import { Deletions } from './deletions.ts';
import type { Drawings } from './drawings.ts';
import { foldTrace, type FoldedTrace, type ReportTextAt } from './folded-trace.ts';
import { gatherTrace, type GatheredTrace } from './gather-trace.ts';
import { Notes } from './notes.ts';
import { SegmentTable } from './segment-table.ts';
import { SegmentTables } from './segment-tables.ts';
import { SpanReports } from './span-reports.ts';
import { TraceViews, type TraceView } from './trace-views.ts';

interface TraceRecord {
  readonly id: string;
  readonly segments: SegmentNumber[];
  summary: TraceSummary | undefined;
  settlesAtUs: EpochUs | undefined;
}

export interface LibraryParts {
  readonly clock: Clock;
  /** Reads the table of a segment that is not in memory. */
  readonly loadTable: (segment: SegmentNumber) => SegmentTable;
  readonly textAt: ReportTextAt;
  readonly drawings?: Drawings | undefined;
}

export class Library {
  readonly #clock: Clock;
  readonly textAt: ReportTextAt;
  readonly drawings: Drawings | undefined;
  readonly #tables: SegmentTables;
  readonly #deletions = new Deletions();
  readonly notes = new Notes();
  readonly #views = new TraceViews();
  readonly #traces = new Map<string, TraceRecord>();
  readonly #stale = new Set<TraceRecord>();
  /** Traces that the clock alone will settle. */
  readonly #settling = new Set<TraceRecord>();
  readonly #listeners = new Set<(traceId: string) => void>();
  #spans = 0;

  constructor({ clock, loadTable, textAt, drawings }: LibraryParts) {
    this.#clock = clock;
    this.textAt = textAt;
    this.drawings = drawings;
    this.#tables = new SegmentTables((segment) => {
      const loaded = loadTable(segment);
      for (const traceId of this.#deletions.after(segment)) loaded.table.forgetTrace(traceId);
      return loaded;
    });
  }

  get traceCount(): number {
    return this.#traces.size;
  }

  /** Distinct spans of all traces, as of the last look at each: the status asks often and must not fold. */
  get spanCount(): number {
    return this.#spans;
  }

  get tables(): SegmentTables {
    return this.#tables;
  }

  get deletions(): Deletions {
    return this.#deletions;
  }

  /** Takes what was just written to the end of a segment. */
  addBatch(segment: SegmentNumber, batch: RecordBatch, linesAt: number): void {
    const table = this.#written(segment);
    for (const traceId of indexBatch(table, batch, linesAt)) this.#touch(traceId, segment);
  }

  /** Takes notes that were just written to the end of a segment. */
  addNotes(segment: SegmentNumber, lines: readonly NoteLine[]): void {
    // Known as one that is written to, so that what counts no more in it is found before it has a span.
    this.#written(segment);
    this.notes.add(segment, lines);
  }

  /** Takes a segment whose table was made outside; it stays in memory. `known`: of traces that no other one holds. */
  addTable(
    segment: SegmentNumber,
    table: SegmentTable,
    known: ReadonlyMap<string, TraceSummary> = new Map(),
  ): void {
    this.#tables.pin(segment, table);
    for (const { id } of table.table.traces) {
      if (id === NO_TRACE_ID) continue;
      const summary = this.#traces.has(id) ? undefined : known.get(id);
      if (summary === undefined) this.#touch(id, segment);
      else {
        this.#settle(segment, summary);
        this.#tell(id);
      }
    }
  }

  /** Takes a deletion that stands in `segment`, behind all that was taken before. Returns how many traces it hid. */
  delete(segment: SegmentNumber, deletion: Deletion): number {
    this.#deletions.add(segment, deletion);
    let hidden = 0;
    for (const id of deletion.traceIds) {
      for (const each of this.notes.dropTrace(id)) this.#deletions.hide(each, id);
      const record = this.#traces.get(id);
      if (record === undefined) continue;
      hidden++;
      for (const each of record.segments) {
        this.#tables.forgetTrace(each, id);
        this.#deletions.hide(each, id);
      }
      this.#traces.delete(id);
      this.#stale.delete(record);
      this.#settling.delete(record);
      this.#views.forget(id);
      this.#spans -= record.summary?.spans ?? 0;
      this.#tell(id);
    }
    return hidden;
  }

  has(traceId: string): boolean {
    return this.#traces.has(traceId);
  }

  /** The segments that hold records of a trace; none where there is no such trace. */
  segmentsOf(traceId: string): readonly SegmentNumber[] {
    return this.#traces.get(traceId)?.segments ?? [];
  }

  traceIds(): readonly string[] {
    return [...this.#traces.keys()];
  }

  /**
   * Takes a segment by the summaries of its sidecar; its columns stay on disk until a trace needs them. Segments
   * come in order, and each sidecar tells of its traces what was known when it was sealed, earlier segments
   * included: so the last one tells the whole.
   */
  addSummaries(segment: SegmentNumber, summaries: readonly TraceSummary[]): void {
    for (const summary of summaries) {
      const known = this.#traces.get(summary.id);
      // What was read again may have changed, and what is in progress depends on the clock.
      const isOpen = summary.status === 'in_progress' || (known !== undefined && this.#stale.has(known));
      if (isOpen) this.#touch(summary.id, segment);
      else this.#settle(segment, summary);
    }
  }

  /** Every summary, as of now, in no particular order. */
  summaries(): readonly TraceSummary[] {
    this.#refresh();
    return [...this.#traces.values()].flatMap(({ summary }) => summary ?? []);
  }

  findSummary(traceId: string): TraceSummary | undefined {
    const record = this.#traces.get(traceId);
    if (record === undefined) return undefined;
    this.#tellIfDue(record, this.#clock());
    if (this.#stale.has(record)) this.#fold(record);
    return record.summary;
  }

  /** The trace with its spans, or undefined where none has the id. */
  findTrace(traceId: string): FoldedTrace | undefined {
    const record = this.#traces.get(traceId);
    if (record === undefined) return undefined;
    this.#tellIfDue(record, this.#clock());
    return this.#fold(record);
  }

  /** The unfolded rows of a trace, and the way from a span to its reports. */
  findReports(
    traceId: string,
  ): { readonly gathered: GatheredTrace; readonly reports: SpanReports } | undefined {
    const record = this.#traces.get(traceId);
    const view = record && this.#view(record);
    if (view === undefined) return undefined;
    view.reports ??= new SpanReports(view.gathered);
    return { gathered: view.gathered, reports: view.reports };
  }

  /**
   * The summaries of a segment's traces, of all that is known up to the end of that segment: one by one, since
   * each may have to be folded, and whoever takes them may pause in between.
   */
  *summariesUpTo(segment: SegmentNumber): Generator<TraceSummary> {
    for (const { id } of this.#tables.get(segment).table.traces) {
      const segments = this.#traces.get(id)?.segments ?? [];
      const upTo = segments.filter((number) => number <= segment);
      if (upTo.length === segments.length) {
        const summary = this.findSummary(id);
        if (summary !== undefined) yield summary;
        continue;
      }
      const gathered = gatherTrace(id, upTo, (number) => this.#tables.get(number));
      if (gathered !== undefined) yield foldTrace(gathered, this.#clock(), this.textAt).summary;
    }
  }

  /** Calls back for every trace that gets records or may have settled; returns how to stop that. */
  onTouched(listener: (traceId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of traces that the clock has settled since; call it about once a second. */
  markSettled(): void {
    const nowUs = this.#clock();
    for (const record of [...this.#settling]) this.#tellIfDue(record, nowUs);
  }

  /** The table of the segment that is written to. */
  #written(segment: SegmentNumber): SegmentTable {
    const known = this.#tables.findPinned(segment);
    if (known !== undefined) return known;
    const table = new SegmentTable();
    this.#tables.pin(segment, table);
    return table;
  }

  #settle(segment: SegmentNumber, summary: TraceSummary): void {
    const known = this.#traces.get(summary.id);
    const segments = known?.segments ?? [];
    segments.push(segment);
    this.#traces.set(summary.id, { id: summary.id, segments, summary, settlesAtUs: undefined });
    this.#spans += summary.spans - (known?.summary?.spans ?? 0);
  }

  #touch(traceId: string, segment: SegmentNumber): void {
    let record = this.#traces.get(traceId);
    if (record === undefined) {
      record = { id: traceId, segments: [segment], summary: undefined, settlesAtUs: undefined };
      this.#traces.set(traceId, record);
    } else if (record.segments.at(-1) !== segment) {
      record.segments.push(segment);
    }
    this.#views.forget(traceId);
    this.#stale.add(record);
    this.#tell(traceId);
  }

  #tell(traceId: string): void {
    this.drawings?.forget(traceId);
    for (const listener of this.#listeners) listener(traceId);
  }

  #refresh(): void {
    this.markSettled();
    for (const record of this.#stale) this.#fold(record);
  }

  /** Whoever finds that the clock has settled a trace tells everybody: nobody else will find it again. */
  #tellIfDue(record: TraceRecord, nowUs: EpochUs): void {
    if (record.settlesAtUs === undefined || record.settlesAtUs > nowUs) return;
    if (!this.#settling.delete(record)) return;
    this.#stale.add(record);
    this.#tell(record.id);
  }

  #view({ id, segments }: TraceRecord): TraceView | undefined {
    return this.#views.get(id, () => gatherTrace(id, segments, (segment) => this.#tables.get(segment)));
  }

  /** Brings the summary of a trace up to date, with the fold that is kept where it still holds. */
  #fold(record: TraceRecord): FoldedTrace | undefined {
    this.#stale.delete(record);
    const view = this.#view(record);
    if (view === undefined) return undefined;
    const nowUs = this.#clock();
    if (view.folded !== undefined && nowUs < (view.folded.settlesAtUs ?? Infinity)) {
      this.drawings?.add(view.folded);
      return view.folded;
    }
    const folded = foldTrace(view.gathered, nowUs, this.textAt);
    view.folded = folded;
    this.#spans += folded.summary.spans - (record.summary?.spans ?? 0);
    record.summary = folded.summary;
    record.settlesAtUs = folded.settlesAtUs;
    if (folded.settlesAtUs === undefined) this.#settling.delete(record);
    else this.#settling.add(record);
    this.drawings?.add(folded);
    return folded;
  }
}
