/** What a query may ask of a trace beyond its summary. Nothing is folded or reckoned before it is asked for. */
import { computeAgentVisits, type AgentVisits } from '../../../core/analysis/agent-visits.ts';
import type { PriceBook } from '../../../core/analysis/cost/price-book.ts';
import { computeSpanCosts, type SpanCosts } from '../../../core/analysis/cost/span-costs.ts';
import type { SpanTree } from '../../../core/analysis/span-tree.ts';
import { at } from '../../../core/model/assert.ts';
import { KIND_CODE } from '../../../core/model/span-kind.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import type { QuerySpans } from '../../../core/query/match-span.ts';
import type { TraceFacts } from '../../../core/query/match-trace.ts';

export interface FactsTrace {
  readonly spans: SpanTable;
  readonly tree: SpanTree;
}

/** `open` gives the folded trace, or undefined where it is gone. */
export function readFacts(open: () => FactsTrace | undefined, book: PriceBook): TraceFacts {
  let spans: QuerySpans | undefined;
  const read = (): QuerySpans | undefined => {
    const trace = spans === undefined ? open() : undefined;
    if (trace !== undefined) spans = readQuerySpans(trace, book);
    return spans;
  };
  return {
    costUsd: () => {
      const trace = open();
      return trace === undefined
        ? Number.NaN
        : (computeSpanCosts(trace.spans, trace.tree, book).sum.usd ?? Number.NaN);
    },
    spans: read,
  };
}

function readQuerySpans({ spans: table, tree }: FactsTrace, book: PriceBook): QuerySpans {
  let costs: SpanCosts | undefined;
  let runs: AgentVisits | undefined;
  return {
    table,
    agentOf: (row) => {
      runs ??= computeAgentVisits(table, tree);
      const visit = at(runs.visitOf, row);
      return visit < 0 ? saidAgent(table, row) : table.strings.at(at(runs.visits, visit).name);
    },
    costUsdOf: (row) => {
      costs ??= computeSpanCosts(table, tree, book);
      return at(costs.usd, row);
    },
  };
}

/** Outside of every run it is who the span says; of a tool that passes on that is whom it leaves, not whose it is. */
function saidAgent(table: SpanTable, row: number): string | undefined {
  return table.columns.kind[row] === KIND_CODE.function ? undefined : table.text('agent', row);
}
