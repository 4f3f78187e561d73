/** What is said of a group and its traces, and the table of them as CSV. */
import { writeCsvRow } from '../../../core/writers/csv.ts';
import type { CorpusGroup, GroupKind, GroupTrace } from '../../../core/rpc/corpus.ts';
import { formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';

export const LANES = [
  { id: 'service', label: 'service' },
  { id: 'process', label: 'process' },
  { id: 'workflow', label: 'workflow' },
] as const;
export type LaneBy = (typeof LANES)[number]['id'];

/** Which lane a trace stands in: by what names its service, by who told of it and from where, by its workflow. */
export function laneOf(trace: GroupTrace, by: LaneBy): string {
  switch (by) {
    case 'service':
      return trace.service ?? 'no service';
    case 'process':
      return processOf(trace);
    case 'workflow':
      return trace.workflowName === '' ? 'Unnamed workflow' : trace.workflowName;
  }
}

/** Several that told of the same trace stand together: it ran in all of them. */
export function processOf({ sources, origins }: GroupTrace): string {
  const told = [...sources, ...origins.filter((origin) => origin !== 'live')];
  return told.length === 0 ? 'unknown' : told.join(' + ');
}

export function isDistributed({ sources }: GroupTrace): boolean {
  return sources.length > 1;
}

export const GROUP_WORD: Readonly<Record<GroupKind, string>> = { group: 'Group', user: 'User' };

export function costText({ cost }: CorpusGroup | GroupTrace): string {
  if (cost.usd === null) return '–';
  return cost.unpricedCalls > 0 ? `${formatUsd(cost.usd)} +` : formatUsd(cost.usd);
}

export function tokensText({ tokens }: CorpusGroup | GroupTrace): string {
  return `${formatCount(tokens.input)} in, ${formatCount(tokens.output)} out`;
}

export function writeGroupCsv(traces: readonly GroupTrace[]): string {
  const heads = [
    'trace',
    'workflow',
    'status',
    'started',
    'duration ms',
    'spans',
    'errors',
    'agents',
    'service',
  ];
  const lines = traces.map((trace) =>
    writeCsvRow([
      ...[trace.traceId, trace.workflowName, trace.status, trace.startedAt, trace.durationUs / 1000],
      ...[trace.spans, trace.errors, trace.agents.join(' → '), trace.service, processOf(trace)],
      ...[trace.tokens.input, trace.tokens.output, trace.cost.usd],
    ]),
  );
  return writeCsvRow([...heads, 'process', 'input tokens', 'output tokens', 'cost usd']) + lines.join('');
}
