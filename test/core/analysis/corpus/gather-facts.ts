/** Facts of records, made as the host makes them, for tests of the aggregates. */
import { CorpusFacts } from '../../../../core/analysis/corpus/corpus-facts.ts';
import { FactWriter } from '../../../../core/analysis/corpus/trace-facts.ts';
import type { CorpusQuestion } from '../../../../core/analysis/corpus/walk-traces.ts';
import { linkSpans, type SpanTree } from '../../../../core/analysis/span-tree.ts';
import { computeSummary } from '../../../../core/analysis/summary.ts';
import { foldSpans } from '../../../../core/model/fold.ts';
import type { JsonObject } from '../../../../core/model/json.ts';
import type { SpanTable } from '../../../../core/model/span-table.ts';
import type { TraceSummary } from '../../../../core/model/trace-summary.ts';
import { tableOfRecords } from '../../../build/read-trace-text.ts';
import { snapshotBook } from '../cost/snapshot.ts';

export interface FoldedTrace {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
  readonly summary: TraceSummary;
}

export interface GatheredFacts {
  readonly question: CorpusQuestion;
  readonly traces: readonly FoldedTrace[];
  readonly writer: FactWriter;
  readonly identify: (traceId: string, row: number) => string;
}

export function gatherFacts(records: readonly JsonObject[]): GatheredFacts {
  const { table, compare } = tableOfRecords(records);
  const facts = new CorpusFacts();
  const writer = new FactWriter(facts, snapshotBook());
  const rowsOf = new Map<number, number[]>(table.traces.map((_, i) => [i, []]));
  for (let row = 0; row < table.length; row++) rowsOf.get(table.columns.trace[row] ?? 0)?.push(row);
  const traces = table.traces.map((entry, i) => {
    const spans = foldSpans(table, rowsOf.get(i) ?? [], compare);
    const tree = linkSpans(spans);
    return { spans, tree, summary: computeSummary(spans, tree, entry, 0) };
  });
  for (const trace of traces) writer.add(trace);
  const byId = new Map(traces.map((trace) => [trace.summary.id, trace]));
  const identify = (traceId: string, row: number): string => byId.get(traceId)?.spans.spanId(row) ?? '';
  const question = {
    facts,
    traces: traces.flatMap(({ summary }) => facts.find(summary.id) ?? []),
    query: '',
    prices: 'of the test',
  };
  return { question, traces, writer, identify };
}

/** Facts of traces that are folded already. */
export function factsOfTables(traces: readonly FoldedTrace[]): CorpusQuestion {
  const facts = new CorpusFacts();
  const writer = new FactWriter(facts, snapshotBook());
  for (const trace of traces) writer.add(trace);
  const rows = traces.flatMap(({ summary }) => facts.find(summary.id) ?? []);
  return { facts, traces: rows, query: '', prices: 'of the test' };
}
