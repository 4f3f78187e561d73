/** `list`: the traces of the library, the newest first. */
import { durationText } from '../../core/analysis/duration-text.ts';
import { formatMoney } from '../../core/plugin-api/format-values.ts';
import type { DroppedTraceRecord } from '../../core/rpc/sampling.ts';
import type { TraceCost } from '../../core/rpc/costs.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { ALL, type QueryNode } from '../../core/query/query-tree.ts';
import type { TraceSource } from '../../electron/host/client/trace-source.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, formatTable, print, printJsonList, say } from '../output.ts';
import { readQueryOption } from '../query-option.ts';

export interface ListOptions {
  readonly data?: string;
  readonly limit?: number;
  readonly query?: string;
  readonly json?: boolean;
  /** Those that sampling let go. */
  readonly dropped?: boolean;
}

export async function list(options: ListOptions): Promise<ExitCode> {
  const tree = options.query === undefined ? ALL : readQueryOption(options.query);
  if (tree === undefined) return ExitCode.usage;
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    for (const notice of source.notices) say(notice);
    if (options.dropped === true) return await listDropped(source, options);
    const traces = await listQueried(source, tree, options.limit);
    const costs = await source.costs(traces.map(({ id }) => id));
    if (options.json === true) await printJsonList({}, 'traces', withCosts(traces, costs));
    else if (traces.length === 0)
      say(tree.kind === 'all' ? 'No traces yet. Run `serve`, or import files.' : 'No trace matches.');
    else await print(formatTable([PRICED_HEAD, ...traces.map((trace, i) => pricedRowOf(trace, costs[i]))]));
  } finally {
    await source.close();
  }
  return ExitCode.done;
}

/** The newest of those that a query finds. */
export async function listQueried(
  source: TraceSource,
  tree: QueryNode,
  limit?: number,
): Promise<readonly TraceSummary[]> {
  if (tree.kind === 'all') return await source.list(limit);
  const found = await source.query(tree);
  const traces = await source.list(undefined);
  return traces.filter(({ id }) => found.has(id)).slice(0, limit);
}

async function listDropped(source: TraceSource, { limit, json }: ListOptions): Promise<ExitCode> {
  const { total, dropped } = await source.listDropped(limit);
  if (json === true) await printJsonList({ total }, 'dropped', dropped);
  else if (dropped.length === 0) say('Sampling has let no trace go.');
  else await print(formatTable([DROPPED_HEAD, ...dropped.map(droppedRowOf)]));
  return ExitCode.done;
}

const DROPPED_HEAD = ['DROPPED', 'SPANS', 'BY', 'REASON', 'TRACE'];

function droppedRowOf({ at, spans, by, reason, traceId }: DroppedTraceRecord): readonly string[] {
  return [at.slice(0, 19).replace('T', ' '), String(spans), by, reason, traceId];
}

/** A trace that went meanwhile has none. */
function* withCosts(
  traces: readonly TraceSummary[],
  costs: readonly (TraceCost | null)[],
): Generator<TraceSummary & { readonly cost?: TraceCost }> {
  for (const [i, trace] of traces.entries()) {
    const cost = costs[i];
    yield cost ? { ...trace, cost } : trace;
  }
}

/** The heads of the columns of `rowOf`. */
export const HEAD = ['STARTED', 'STATUS', 'SPANS', 'ERRORS', 'TOKENS', 'DURATION', 'WORKFLOW', 'TRACE'];

/** One trace as the cells of a line; `analyze` prints the same. */
export function rowOf(trace: TraceSummary): readonly string[] {
  return [
    trace.startedAt.slice(0, 19).replace('T', ' '),
    trace.status.replace('_', ' '),
    String(trace.spans),
    String(trace.errors),
    trace.tokens.total === null ? '-' : String(trace.tokens.total),
    durationText(trace.durationMs * 1000),
    trace.workflowName || '-',
    trace.id,
  ];
}

/** Where the cost stands: behind the tokens it is made from. */
const COST_PLACE = HEAD.indexOf('TOKENS') + 1;
const PRICED_HEAD = HEAD.toSpliced(COST_PLACE, 0, 'COST');

/** The same with the cost; it is more where calls without a price are not in it. */
function pricedRowOf(trace: TraceSummary, cost: TraceCost | null | undefined): readonly string[] {
  const isPart = cost !== undefined && cost !== null && cost.unpriced.length > 0;
  const text = typeof cost?.usd === 'number' ? `${isPart ? '≥ ' : ''}${formatMoney(cost.usd)}` : '-';
  return rowOf(trace).toSpliced(COST_PLACE, 0, text);
}
