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
import { LeavingNames } from './leaving-names.ts';
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
  readonly #keepsNotes: boolean;
  readonly #mostLearnt: number;
  readonly #traceLines: TraceLines;

  /** `sanitise` undefined: everything leaves as it is. `mostLearnt`: ids are looked for in so many spans of a trace. */
  constructor(source: ExportSource, sanitise: SanitiserParts | undefined, mostLearnt = Infinity) {
    this.#source = source;
    this.#mostLearnt = mostLearnt;
    this.#sanitiser = sanitise && new Sanitiser(sanitise);
    this.#keepsNotes = sanitise?.rules.has('notes') !== true;
    this.#traceLines = new TraceLines(source.library);
  }

  /** What was withheld so far. */
  get withheld(): Sanitiser['tally'] | undefined {
    return this.#sanitiser?.tally;
  }

  /** Now and then it yields nothing: a large trace takes a while, and others wait for the thread. */
  *walk(traceIds: Iterable<string>): Generator<ExportedTrace | undefined> {
    for (const id of this.#inOrder(traceIds)) {
      const trace = this.#source.library.findTrace(id);
      if (trace !== undefined) yield yield* this.#read(id, trace);
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

  *#read(id: string, trace: FoldedTrace): Generator<undefined, ExportedTrace> {
    const own = this.#traceLines.of(id).flatMap((line) => this.#parse(line.segment, line, undefined));
    const order = spansInOrder(trace);
    yield* this.#learn(id, own, trace, order);
    const names = this.#namesOf(id, trace);
    return {
      spans: names === undefined ? trace.spans : yield* names.copy(trace.spans),
      // The names of the rows are known by now.
      summary: names === undefined ? trace.summary : this.#summarize(trace.summary, names),
      tree: trace.tree,
      records: distinct(own.map((record) => this.#sanitise(record))),
      walkSpans: () => this.#walkSpans(id, trace, order),
      notes: this.#keepsNotes ? this.#notesOf(id) : this.#withholdNotes(id),
      findings: this.#source.findingsOf(trace),
    };
  }

  /** Ids are replaced wherever they stand, so all of a trace are known before its first record leaves. */
  *#learn(
    id: string,
    own: readonly JsonObject[],
    trace: FoldedTrace,
    order: Uint32Array,
  ): Generator<undefined, void> {
    const sanitiser = this.#sanitiser;
    sanitiser?.beginTrace();
    if (sanitiser?.learns !== true) return;
    for (const record of own) sanitiser.learn(record);
    for (const note of this.#source.notesOf(id))
      for (const text of [note.text, ...note.labels]) sanitiser.learn(text);
    for (const { records } of this.#readSpans(id, trace, order.subarray(0, this.#mostLearnt))) {
      for (const record of records) sanitiser.learn(record);
      yield;
    }
  }

  #namesOf(id: string, trace: FoldedTrace): LeavingNames | undefined {
    const sanitiser = this.#sanitiser;
    if (sanitiser === undefined) return undefined;
    return new LeavingNames({
      clean: (text) => sanitiser.quietly(() => sanitiser.text(text)),
      recordsOf: (row) =>
        [...this.#readSpans(id, trace, Uint32Array.of(row))].flatMap(({ records }) =>
          sanitiser.quietly(() => records.map((record) => sanitiser.record(record))),
        ),
    });
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

  #summarize(summary: TraceSummary, names: LeavingNames): TraceSummary {
    const { id, workflowName, groupId, metadata, agents, models, tools, guardrails, handoffs } = summary;
    const item = { object: 'trace', id, workflow_name: workflowName, group_id: groupId, metadata };
    const left = this.#sanitiser?.quietly(() => this.#sanitise(item)) ?? item;
    const { workflow_name: name, group_id: group, metadata: kept } = left;
    const rename = (text: string): string => names.text(text);
    return {
      ...summary,
      workflowName: typeof name === 'string' ? name : '',
      groupId: typeof group === 'string' ? group : null,
      metadata: isJsonObject(kept) ? kept : {},
      agents: agents.map(rename),
      models: models.map(rename),
      tools: renameKeys(tools, rename),
      guardrails: renameKeys(guardrails, rename),
      handoffs: handoffs.map(([from, to]) => [from && rename(from), to && rename(to)]),
    };
  }

  #notesOf(id: string): readonly Note[] {
    const sanitiser = this.#sanitiser;
    const notes = this.#source.notesOf(id);
    if (sanitiser === undefined) return notes;
    return notes.map((note) => ({
      ...note,
      text: sanitiser.text(note.text),
      labels: note.labels.map((label) => sanitiser.text(label)),
    }));
  }

  #withholdNotes(id: string): readonly Note[] {
    const { length } = this.#source.notesOf(id);
    if (length > 0) this.#sanitiser?.tally.add('notes', length);
    return [];
  }
}

function renameKeys<T>(
  record: Readonly<Record<string, T>>,
  rename: (text: string) => string,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
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
