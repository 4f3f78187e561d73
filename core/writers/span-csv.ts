/** One row a span: what lists and charts are made of, without what models and tools said. */
import { wordsOf } from '../rpc/export-targets.ts';
import { at } from '../model/assert.ts';
import { kindOf } from '../model/span-kind.ts';
import { SpanFlag, UNKNOWN_TOKENS } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import { writeIsoUs } from '../model/time.ts';
import { writeCsvRow, type Cell } from './csv.ts';
import type { ExportedTrace, ExportTarget } from './exported-trace.ts';
import { LossTally } from './losses.ts';

const HEAD = [
  'trace_id',
  'span_id',
  'parent_id',
  'depth',
  'kind',
  'name',
  'agent',
  'model',
  'started_at',
  'ended_at',
  'duration_ms',
  'error',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'reasoning_tokens',
  'total_tokens',
];

export const spanCsv: ExportTarget = {
  ...wordsOf('csv-spans'),
  extension: '.spans.csv',
  contentType: 'text/csv; charset=utf-8',
  readable: false,
  open: () => {
    const losses = new LossTally();
    return {
      losses: losses.counts,
      begin: () => [writeCsvRow(HEAD)],
      *trace(trace) {
        losses.add('payloads', trace.spans.length);
        losses.add('notes', trace.notes.length > 0 ? 1 : 0);
        for (const row of trace.tree.preorder) yield writeCsvRow(cellsOf(trace, row));
      },
      end: () => [],
    };
  },
};

function cellsOf({ summary, spans, tree }: ExportedTrace, row: number): readonly Cell[] {
  const c = spans.columns;
  const startUs = at(c.startUs, row);
  const endUs = at(c.endUs, row);
  const flags = at(c.flags, row);
  return [
    summary.id,
    spans.spanId(row),
    spans.parentId(row),
    at(tree.depth, row),
    kindOf(at(c.kind, row)),
    spans.name(row),
    spans.text('agent', row),
    spans.text('model', row),
    writeIsoUs(startUs),
    writeIsoUs(endUs),
    Number.isNaN(endUs - startUs) ? null : (endUs - startUs) / 1000,
    (flags & SpanFlag.error) !== 0,
    ...tokensOf(spans, row),
  ];
}

function tokensOf({ columns: c }: SpanTable, row: number): readonly Cell[] {
  return [c.inputTokens, c.outputTokens, c.cachedTokens, c.reasoningTokens, c.totalTokens].map((column) => {
    const count = at(column, row);
    return count === UNKNOWN_TOKENS ? null : count;
  });
}
