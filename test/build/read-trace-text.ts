/** Reads a trace drawn as text (README.md) into records, lines and a table, through the real reader. */
import { crc32 } from 'node:zlib';
import { openaiAgents } from '../../core/formats/openai-agents.ts';
import { at } from '../../core/model/assert.ts';
import { foldSpans, type CompareReports } from '../../core/model/fold.ts';
import type { JsonObject } from '../../core/model/json.ts';
import { compareTexts, reportText } from '../../core/model/merge-records.ts';
import { SpanTable } from '../../core/model/span-table.ts';
import type { EpochUs } from '../../core/model/time.ts';
import type { TraceEntry, TraceHeader } from '../../core/model/trace-entry.ts';
import { readSpanLine, readTags } from './trace-text-line.ts';
import { DRAWN_START_US, recordOfSpan, recordOfTrace } from './trace-text-record.ts';

/** A drawing, read. */
export interface DrawnTraces {
  /** Trace items and spans in drawn order, as an exporter or a processor would send them. */
  readonly records: readonly JsonObject[];
  /** The records as JSON lines: what the offsets of the table point into, joined by line feeds. */
  readonly lines: readonly string[];
  /** One row a drawn span, so several where a span was drawn several times. */
  readonly table: SpanTable;
  /** The rows of the table. */
  readonly rows: readonly number[];
  /** What `foldSpans` asks, answered from the lines. */
  readonly compare: CompareReports;
}

/** How the records reached the host. */
export interface DrawnArrival {
  /** `live`, or the name of a file. Default: a file. */
  readonly origin?: string;
  /** Host's clock at arrival. Default: the drawing's 0. */
  readonly receivedUs?: EpochUs;
}

/** Reads a drawing into records alone. */
export function recordsOfText(text: string): readonly JsonObject[] {
  const records: JsonObject[] = [];
  const parents: string[] = [];
  let traceId = 't1';
  let drawn = 0;
  for (const line of linesOf(text)) {
    const header = /^trace (\S+)(.*)$/.exec(line);
    if (header !== null) {
      traceId = header[1] ?? '';
      records.push(recordOfTrace(traceId, readTags(header[2] ?? '')));
      continue;
    }
    const span = readSpanLine(line);
    const spanId = span.tags.values.get('id') ?? `s${String(++drawn)}`;
    const parentId =
      span.tags.values.get('parent') ?? (span.depth === 0 ? undefined : parents[span.depth - 1]);
    if (span.depth > 0 && parentId === undefined) throw new Error(`no parent above: "${line}"`);
    records.push(recordOfSpan(span, { traceId, spanId, parentId }));
    parents.length = span.depth;
    parents.push(spanId);
  }
  return records;
}

/** Reads a drawing into records, lines and a table. Throws where the drawing is not one. */
export function readTraceText(text: string, arrival: DrawnArrival = {}): DrawnTraces {
  return tableOfRecords(recordsOfText(text), arrival);
}

/** The table of any records of the SDK's shape, in their order; throws on a record that the reader refuses. */
export function tableOfRecords(records: readonly JsonObject[], arrival: DrawnArrival = {}): DrawnTraces {
  const table = new SpanTable();
  const lines = records.map((record) => JSON.stringify(record));
  const recordOfRow: JsonObject[] = [];
  let offset = 0;
  for (const [i, record] of records.entries()) {
    const line = Buffer.from(at(lines, i));
    const address = { offset, length: line.length };
    if (addRecord(table, record, { ...address, digest: crc32(line) }, arrival)) recordOfRow.push(record);
    offset += line.length + 1;
  }
  const textOfRow = (row: number): string => {
    const report = openaiAgents.readReport(at(recordOfRow, row));
    if (report === undefined) throw new Error('a drawn span is not a report');
    return reportText(report);
  };
  const compare: CompareReports = (a, b) => compareTexts(textOfRow(a), textOfRow(b));
  return { records, lines, table, rows: recordOfRow.map((_, row) => row), compare };
}

/** Reads a drawing of one trace and folds it: one row a span. */
export function foldTraceText(text: string, arrival: DrawnArrival = {}): SpanTable {
  const { table, rows, compare } = readTraceText(text, arrival);
  return foldSpans(table, rows, compare);
}

/** True where the record was a span, which is then the table's last row. */
function addRecord(
  table: SpanTable,
  record: JsonObject,
  payload: { readonly offset: number; readonly length: number; readonly digest: number },
  arrival: DrawnArrival,
): boolean {
  const read = openaiAgents.readRecord(record);
  switch (read.kind) {
    case 'reject':
      throw new Error(`the reader refused a record: ${read.code}`);
    case 'trace':
      table.mergeTrace({
        ...entryOf(read.traceId, arrival, read.header),
        ended: read.ended,
      });
      return false;
    case 'span': {
      const receivedUs = arrival.receivedUs ?? DRAWN_START_US;
      const clockOffsetUs = Number.isNaN(read.startedLiveUs) ? undefined : receivedUs - read.startedLiveUs;
      const entry = entryOf(read.row.traceId, arrival, undefined);
      table.append(read.row, table.mergeTrace({ ...entry, clockOffsetUs }), payload);
      return true;
    }
  }
}

function entryOf(id: string, arrival: DrawnArrival, header: TraceHeader | undefined): TraceEntry {
  const { origin = 'drawn.jsonl', receivedUs = DRAWN_START_US } = arrival;
  return {
    id,
    headers: header === undefined ? [] : [header],
    firstSeenUs: receivedUs,
    lastSeenUs: receivedUs,
    live: origin === 'live',
    ended: false,
    sources: [openaiAgents.source],
    origins: [origin],
    clockOffsetUs: undefined,
  };
}

/** The lines of a drawing without the indentation that they all share, and without empty ones. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const shared = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(shared).trimEnd());
}
