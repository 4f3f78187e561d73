/** Reads bytes the way an import does, all in memory: scanner, format, columns. For tests that start from files. */
import { crc32 } from 'node:zlib';

import { foldSpans } from '../../core/model/fold.ts';
import type { JsonObject } from '../../core/model/json.ts';
import { compareTexts, reportText } from '../../core/model/merge-records.ts';
import { SpanTable } from '../../core/model/span-table.ts';
import type { TraceEntry, TraceHeader } from '../../core/model/trace-entry.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { summarize } from '../../core/analysis/summary.ts';
import { openaiAgents } from '../../core/formats/openai-agents.ts';
import { RecordScanner } from '../../core/formats/record-scanner.ts';

export interface ReadTraces {
  readonly table: SpanTable;
  /** The parsed line of each row. */
  readonly lines: readonly JsonObject[];
  readonly rejects: readonly string[];
}

/** `live`: as if the bytes had come through the door. */
export function readTraces(parts: readonly Uint8Array[], live = false): ReadTraces {
  const table = new SpanTable();
  const lines: JsonObject[] = [];
  const rejects: string[] = [];
  for (const part of parts) {
    const scanner = new RecordScanner(({ bytes, start, end, state }) => {
      const line = bytes.subarray(start, end);
      if (state !== 'whole') return void rejects.push(state);
      const record = JSON.parse(Buffer.from(line).toString('utf8')) as JsonObject;
      const read = openaiAgents.readRecord(record);
      if (read.kind === 'reject') return void rejects.push(read.code);
      if (read.kind === 'trace') {
        table.mergeTrace(entryOf(read.traceId, live, [read.header], read.ended));
        return;
      }
      const trace = table.mergeTrace(entryOf(read.row.traceId, live, [], false));
      table.append(read.row, trace, { offset: 0, length: line.length, digest: crc32(line) });
      lines.push(record);
    });
    scanner.push(part);
    scanner.end();
  }
  return { table, lines, rejects };
}

/** Folds every trace of what was read; `nowUs` is the host's clock, long after by default. */
export function summarizeAll({ table, lines }: ReadTraces, nowUs = 4e15): TraceSummary[] {
  const textOf = (row: number): string => {
    const report = openaiAgents.readReport(lines[row] ?? null);
    return report ? reportText(report) : '';
  };
  return table.traces.map((entry, trace) => {
    const rows = [...lines.keys()].filter((row) => table.columns.trace[row] === trace);
    const folded = foldSpans(table, rows, (a, b) => compareTexts(textOf(a), textOf(b)));
    return summarize(folded, entry, nowUs);
  });
}

function entryOf(id: string, live: boolean, headers: readonly TraceHeader[], ended: boolean): TraceEntry {
  return {
    id,
    headers,
    firstSeenUs: 0,
    lastSeenUs: 0,
    live,
    ended,
    sources: ['openai-agents'],
    origins: [live ? 'live' : 'test'],
    clockOffsetUs: undefined,
  };
}
