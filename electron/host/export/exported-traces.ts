/**
 * The traces of an export, one after the other in an order that depends on nothing but themselves: by start,
 * then id. What is withheld is withheld here, before any writer sees a record.
 */
import { parseExactJson, writeExactJson } from '../../../core/model/exact-json.ts';
import type { SegmentNumber } from '../../../core/journal/segment-name.ts';
import { at } from '../../../core/model/assert.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { isJsonObject, type JsonObject } from '../../../core/model/json.ts';
import { compareTexts } from '../../../core/model/merge-records.ts';
import type { Note } from '../../../core/model/note.ts';
import type { LineAddress } from '../../../core/model/trace-entry.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { Sanitiser, type SanitiserParts } from '../../../core/sanitise/sanitiser.ts';
import type { ExportedSpan, ExportedTrace } from '../../../core/writers/exported-trace.ts';
import type { FoldedTrace } from '../library/folded-trace.ts';
import type { Library } from '../library/library.ts';
import type { LineAt } from './export-chunks.ts';
import { TraceLines } from './trace-lines.ts';

/** Where traces are read from. */
export interface ExportSource {
  readonly library: Library;
  readonly lineAt: LineAt;
  /** The records of traces in whole lines, byte for byte as they were received. */
  readonly rawLines: (traceIds: readonly string[]) => Iterable<Uint8Array>;
  readonly notesOf: (traceId: string) => readonly Note[];
  /** What the completeness check and plugins say of a trace. */
  readonly findingsOf: (trace: FoldedTrace) => readonly Finding[];
}

export class ExportedTraces {
  readonly #source: ExportSource;
  readonly #sanitiser: Sanitiser | undefined;
  /** Counts nothing: a summary repeats what the records said. */
  readonly #uncounted: Sanitiser | undefined;
  readonly #keepsNotes: boolean;
  readonly #traceLines: TraceLines;

  /** `sanitise` undefined: everything leaves as it is. */
  constructor(source: ExportSource, sanitise: SanitiserParts | undefined) {
    this.#source = source;
    this.#sanitiser = sanitise && new Sanitiser(sanitise);
    this.#uncounted = sanitise && new Sanitiser(sanitise);
    this.#keepsNotes = sanitise?.rules.has('notes') !== true;
    this.#traceLines = new TraceLines(source.library);
  }

  /** What was withheld so far. */
  get withheld(): Sanitiser['tally'] | undefined {
    return this.#sanitiser?.tally;
  }

  *walk(traceIds: Iterable<string>): Generator<ExportedTrace> {
    for (const id of this.#inOrder(traceIds)) {
      const trace = this.#source.library.findTrace(id);
      if (trace !== undefined) yield this.#read(id, trace);
    }
  }

  #inOrder(traceIds: Iterable<string>): readonly string[] {
    const known = [...new Set(traceIds)].flatMap((id) => this.#source.library.findSummary(id) ?? []);
    // A trace without spans began when it was received, which another library would not know.
    const startOf = ({ spans, startedAt }: TraceSummary): string => (spans === 0 ? '' : startedAt);
    return known
      .map((summary) => ({ id: summary.id, startedAt: startOf(summary) }))
      .sort((a, b) => compareTexts(a.startedAt, b.startedAt) || compareTexts(a.id, b.id))
      .map(({ id }) => id);
  }

  #read(id: string, trace: FoldedTrace): ExportedTrace {
    const own = this.#traceLines.of(id).flatMap((line) => this.#parse(line.segment, line, undefined));
    const order = spansInOrder(trace);
    this.#learn(id, own, trace, order);
    return {
      summary: this.#summarize(trace.summary),
      spans: trace.spans,
      tree: trace.tree,
      records: distinct(own.map((record) => this.#sanitise(record))),
      walkSpans: () => this.#walkSpans(id, trace, order),
      clean: (text) => this.#uncounted?.text(text) ?? text,
      notes: this.#keepsNotes ? this.#notesOf(id) : this.#withholdNotes(id),
      findings: this.#source.findingsOf(trace),
    };
  }

  /** Ids are replaced wherever they stand, so all of a trace are known before its first record leaves. */
  #learn(id: string, own: readonly JsonObject[], trace: FoldedTrace, order: Uint32Array): void {
    for (const sanitiser of [this.#sanitiser, this.#uncounted]) sanitiser?.beginTrace();
    if (this.#sanitiser?.learns !== true) return;
    const learn = (record: JsonObject): void => {
      for (const sanitiser of [this.#sanitiser, this.#uncounted]) sanitiser?.learn(record);
    };
    own.forEach(learn);
    for (const { records } of this.#readSpans(id, trace, order)) records.forEach(learn);
  }

  *#walkSpans(id: string, trace: FoldedTrace, order: Uint32Array): Generator<ExportedSpan> {
    for (const { spanId, records } of this.#readSpans(id, trace, order)) {
      yield { spanId, records: distinct(records.map((record) => this.#sanitise(record))) };
    }
  }

  *#readSpans(id: string, { spans }: FoldedTrace, order: Uint32Array): Generator<ExportedSpan> {
    const found = this.#source.library.findReports(id);
    if (found === undefined) return;
    const { gathered, reports } = found;
    for (const row of order) {
      const spanId = spans.spanId(row);
      const records = reports.rowsOf(spanId).flatMap((report) => {
        const { segment, digest, ...line } = gathered.addressOf(report);
        return this.#parse(segment, line, digest);
      });
      yield { spanId, records };
    }
  }

  /** None where the line is damaged or gone. */
  #parse(segment: SegmentNumber, line: LineAddress, digest: number | undefined): readonly JsonObject[] {
    const bytes = this.#source.lineAt(segment, line, digest);
    if (bytes === undefined) return [];
    try {
      const record = parseExactJson(new TextDecoder().decode(bytes));
      return isJsonObject(record) ? [record] : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }

  #sanitise(record: JsonObject): JsonObject {
    return this.#sanitiser?.record(record) ?? record;
  }

  #summarize(summary: TraceSummary): TraceSummary {
    if (this.#uncounted === undefined) return summary;
    const { id, workflowName, groupId, metadata } = summary;
    const item = { object: 'trace', id, workflow_name: workflowName, group_id: groupId, metadata };
    const left = this.#uncounted.record(item);
    const { workflow_name: name, group_id: group, metadata: kept } = left;
    return {
      ...summary,
      workflowName: typeof name === 'string' ? name : '',
      groupId: typeof group === 'string' ? group : null,
      metadata: isJsonObject(kept) ? kept : {},
      agents: summary.agents.map((text) => this.#uncounted?.text(text) ?? text),
    };
  }

  #notesOf(id: string): readonly Note[] {
    const sanitiser = this.#sanitiser;
    const notes = this.#source.notesOf(id);
    return sanitiser === undefined
      ? notes
      : notes.map((note) => ({ ...note, text: sanitiser.text(note.text) }));
  }

  #withholdNotes(id: string): readonly Note[] {
    const { length } = this.#source.notesOf(id);
    if (length > 0) this.#sanitiser?.tally.add('notes', length);
    return [];
  }
}

/** Rows by start, then depth, then id: a parent that starts with its child stands before it. */
function spansInOrder({ spans, tree }: FoldedTrace): Uint32Array {
  const { startUs } = spans.columns;
  const startOf = (row: number): number => {
    const start = at(startUs, row);
    return Number.isNaN(start) ? Infinity : start;
  };
  return Uint32Array.from({ length: spans.length }, (_, row) => row).sort((a, b) => {
    const [startA, startB] = [startOf(a), startOf(b)];
    if (startA !== startB) return startA < startB ? -1 : 1;
    const depth = at(tree.depth, a) - at(tree.depth, b);
    if (depth !== 0) return depth;
    const [idA, idB] = [spans.spanId(a), spans.spanId(b)];
    return idA.length - idB.length || compareTexts(idA, idB);
  });
}

/** Equal records once, in the order of their canonical text. */
function distinct(records: readonly JsonObject[]): readonly JsonObject[] {
  if (records.length < 2) return records;
  const byText = new Map(records.map((record) => [writeExactJson(record), record]));
  return [...byText].sort(([a], [b]) => compareTexts(a, b)).map(([, record]) => record);
}
