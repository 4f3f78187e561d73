/** What the rows of the insights are called, and how their traces are spoken of. */
import type { CorpusScope, InsightTable, Reach } from '../../../core/rpc/corpus.ts';
import { formatCount, formatCountOf } from '../../format/count.ts';

export const READINGS = [
  { id: 'overview', label: 'Overview' },
  { id: 'agent', label: 'Agents' },
  { id: 'model', label: 'Models' },
  { id: 'tool', label: 'Tools' },
  { id: 'workflow', label: 'Workflows' },
  { id: 'user', label: 'Users' },
  { id: 'group', label: 'Groups' },
  { id: 'day', label: 'Days' },
  { id: 'errors', label: 'Errors' },
  { id: 'guardrails', label: 'Guardrails' },
  { id: 'slowest', label: 'Slow spans' },
  { id: 'flame', label: 'Flame graph' },
] as const;
export type Reading = (typeof READINGS)[number]['id'];

const NAMELESS: Readonly<Record<InsightTable, string>> = {
  agent: 'Unnamed agent',
  model: 'Model not said',
  tool: 'Unnamed tool',
  workflow: 'Unnamed workflow',
  user: 'No user',
  group: 'No group',
  day: 'Day unknown',
};

/** What is counted in a table. */
export const COUNTED: Readonly<Record<InsightTable, string>> = {
  agent: 'run',
  model: 'call',
  tool: 'call',
  workflow: 'trace',
  user: 'trace',
  group: 'trace',
  day: 'trace',
};

export const ROW_WORD: Readonly<Record<InsightTable, string>> = {
  agent: 'agent',
  model: 'model',
  tool: 'tool',
  workflow: 'workflow',
  user: 'user',
  group: 'group',
  day: 'day',
};

export function rowName(table: InsightTable, key: string): string {
  return key === '' ? NAMELESS[table] : key;
}

/** `Show 12 traces`; where no query says them, how many of them are named. */
export function reachWords({ traces, traceIds, query }: Reach): string {
  if (query !== null || traceIds.length >= traces) return `Show ${formatCountOf(traces, 'trace')}`;
  return `Show ${formatCount(traceIds.length)} of ${formatCountOf(traces, 'trace')}`;
}

/** By which prices, and what has none. */
export function costWords({ prices, unpriced }: CorpusScope): string {
  if (unpriced.length === 0) return `Costs are estimates by prices ${prices}.`;
  const named = unpriced
    .slice(0, 6)
    .map(({ model, calls }) => `${model ?? 'a model that is not said'} (${formatCountOf(calls, 'call')})`);
  const more =
    unpriced.length > named.length ? ` and ${formatCount(unpriced.length - named.length)} more` : '';
  return `Costs are estimates by prices ${prices}. Not in them, for want of a price or of tokens: ${named.join(', ')}${more}.`;
}

const DAY = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', day: 'numeric' });

/** A day of the host's calendar, which the page must not move by its own. */
export function dayWords(date: Date): string {
  return DAY.format(date);
}
