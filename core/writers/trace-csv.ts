/** One row a trace: the list of the library for a spreadsheet. */
import { wordsOf } from '../rpc/export-targets.ts';
import { writeCsvRow, type Cell } from './csv.ts';
import type { ExportTarget } from './exported-trace.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { LossTally } from './losses.ts';

const HEAD = [
  'trace_id',
  'workflow',
  'group_id',
  'status',
  'started_at',
  'duration_ms',
  'spans',
  'errors',
  'depth',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'reasoning_tokens',
  'total_tokens',
  'tokens_basis',
  'agents',
  'models',
  'tools',
  'handoffs',
  'sources',
];

export const traceCsv: ExportTarget = {
  ...wordsOf('csv-traces'),
  extension: '.traces.csv',
  contentType: 'text/csv; charset=utf-8',
  readable: false,
  open: () => {
    const losses = new LossTally();
    return {
      losses: losses.counts,
      begin: () => [writeCsvRow(HEAD)],
      trace: ({ summary, notes }) => {
        losses.add('payloads', summary.spans);
        losses.add('notes', notes.length > 0 ? 1 : 0);
        losses.add('trace-items', Object.keys(summary.metadata).length > 0 ? 1 : 0);
        return [writeCsvRow(cellsOf(summary))];
      },
      end: () => [],
    };
  },
};

function cellsOf(summary: TraceSummary): readonly Cell[] {
  const { tokens } = summary;
  return [
    summary.id,
    summary.workflowName,
    summary.groupId,
    summary.status,
    summary.startedAt,
    summary.durationMs,
    summary.spans,
    summary.errors,
    summary.depth,
    tokens.input,
    tokens.output,
    tokens.cached,
    tokens.reasoning,
    tokens.total,
    tokens.basis,
    summary.agents.join('; '),
    summary.models.join('; '),
    Object.keys(summary.tools).join('; '),
    summary.handoffs.length,
    summary.sources.join('; '),
  ];
}
