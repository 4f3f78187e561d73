/**
 * Files folded without a journal: their rows go to one table and their payloads nowhere. Where two reports of
 * equal rank differ, which is rare, the files are read a second time for just those lines.
 */
import { basename } from 'node:path';
import { detectFormat } from '../../../core/formats/registry.ts';
import { diagnose } from '../../../core/formats/messages.ts';
import type { Json } from '../../../core/model/json.ts';
import { compareTexts, reportText } from '../../../core/model/merge-records.ts';
import { foldSpans } from '../../../core/model/fold.ts';
import { at } from '../../../core/model/assert.ts';
import { computeCompleteness } from '../../../core/analysis/completeness.ts';
import { linkSpans, type SpanTree } from '../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../core/analysis/summary.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { Finding } from '../../../core/model/finding.ts';
import type { Clock } from '../../../core/model/time.ts';
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import type { FileReport } from '../../../core/rpc/contract.ts';
import { SegmentTable } from '../library/segment-table.ts';
import { indexBatch } from '../records/index-batch.ts';
import { PLACE_NUMBERS, type RecordBatch } from '../records/record-batch.ts';
import { systemErrorCode } from '../system-error.ts';
import { withFileSource } from './file-source.ts';
import { explainBreak, wordsOfBreak } from './explain-break.ts';
import { reportBundle } from './bundle-source.ts';
import { FileReader } from './read-file.ts';

export interface FoldedFiles {
  readonly summaries: readonly TraceSummary[];
  /** What the completeness check says, by trace id; each trace has a list. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly files: readonly FileReport[];
  /** The spans of one of these traces, folded anew: never more of them are in memory than are looked at. */
  readonly openTrace: (traceId: string) => FoldedTrace;
}

export interface FoldedTrace {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
}

/** The text of a report, where two of equal rank must be compared. */
type TextOf = (row: number) => string;

export async function foldFiles(paths: readonly string[], clock: Clock): Promise<FoldedFiles> {
  const into = new SegmentTable();
  const files: FileReport[] = [];
  for (const path of paths) files.push(await readFile(path, clock, into));
  const wanted = new Set<string>();
  let textOf: TextOf = (row) => {
    wanted.add(reportKey(into, row));
    return '';
  };
  let folded = summarizeAll(into, clock, textOf);
  if (wanted.size > 0) {
    const texts = await readReportTexts(paths, clock, wanted);
    textOf = (row) => texts.get(reportKey(into, row)) ?? '';
    folded = summarizeAll(into, clock, textOf);
  }
  return { ...folded, files, openTrace: (traceId) => foldTrace(into, traceId, textOf) };
}

function foldTrace(into: SegmentTable, traceId: string, textOf: TextOf): FoldedTrace {
  const spans = foldSpans(into.table, into.rowsOf(traceId), (a, b) => compareTexts(textOf(a), textOf(b)));
  return { spans, tree: linkSpans(spans) };
}

async function readFile(path: string, clock: Clock, into: SegmentTable): Promise<FileReport> {
  const reader = new FileReader(basename(path), clock);
  const index = (batches: readonly RecordBatch[]): void => {
    for (const batch of batches) indexBatch(into, batch, 0);
  };
  let isBundle = false;
  try {
    await withFileSource(path, async (source) => {
      try {
        for await (const chunk of source.chunks()) index(reader.push(chunk));
      } catch (error) {
        reader.fail(explainBreak(error), wordsOfBreak(error));
      }
      index(reader.end());
      isBundle = source.isBundle;
    });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return { path, format: '', traces: 0, spans: 0, skipped: 0, diagnostics: [diagnose('unreadable-file')] };
  }
  return reportBundle(reader.report(path), { isBundle, notes: [] });
}

function summarizeAll(
  into: SegmentTable,
  clock: Clock,
  textOf: TextOf,
): Pick<FoldedFiles, 'summaries' | 'findings'> {
  const nowUs = clock();
  const findings = new Map<string, readonly Finding[]>();
  const summaries = into.table.traces.map((entry) => {
    const { spans, tree } = foldTrace(into, entry.id, textOf);
    const summary = computeSummary(spans, tree, entry, nowUs);
    findings.set(entry.id, computeCompleteness(spans, tree, summary));
    return summary;
  });
  return { summaries, findings };
}

/** Equal lines have equal keys, which is all that a comparison needs. */
function reportKey({ table }: SegmentTable, row: number): string {
  return keyOf(at(table.columns.digest, row), at(table.columns.length, row));
}

async function readReportTexts(
  paths: readonly string[],
  clock: Clock,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const take = (batches: readonly RecordBatch[]): void => {
    for (const { lines, places } of batches) {
      for (let place = 0; place < places.length; place += PLACE_NUMBERS) {
        const [offset = 0, length = 0, digest = 0] = places.slice(place, place + PLACE_NUMBERS);
        const key = keyOf(digest, length);
        const value = wanted.has(key) ? parse(lines.subarray(offset, offset + length)) : undefined;
        const report = value === undefined ? undefined : detectFormat(value)?.readReport(value);
        if (report !== undefined) texts.set(key, reportText(report));
      }
    }
  };
  for (const path of paths) {
    const reader = new FileReader(basename(path), clock);
    await withFileSource(path, async (source) => {
      for await (const chunk of source.chunks()) take(reader.push(chunk));
      take(reader.end());
    }).catch((error: unknown) => {
      // A file that broke off in the first reading breaks off in the second, and was reported then.
      if (systemErrorCode(error) === undefined) throw error;
    });
  }
  return texts;
}

function keyOf(digest: number, length: number): string {
  return `${String(digest)}:${String(length)}`;
}

function parse(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    // The first reading has said so already.
    return undefined;
  }
}
