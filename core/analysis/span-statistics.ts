/** What the spans of a trace come to, by kind, agent, tool or model: the rows of the statistics. */
import { at } from '../model/assert.ts';
import { KIND_DEFINITIONS } from '../model/kinds/registry.ts';
import { KIND_CODE, kindOf } from '../model/span-kind.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { DurationUs } from '../model/time.ts';
import { findNearestAgents } from './nearest-agent.ts';
import type { SpanExtents } from './span-extents.ts';
import type { SpanTree } from './span-tree.ts';

export type StatisticsBy = 'kind' | 'agent' | 'tool' | 'model';

export interface StatisticsRow {
  /** What the spans have in common: a span kind, or a name. */
  readonly key: string;
  /** For people. */
  readonly label: string;
  readonly count: number;
  readonly errors: number;
  /** Sums over the spans whose duration is known; NaN where none is. Spans that overlap count each. */
  readonly totalUs: DurationUs;
  readonly selfUs: DurationUs;
  /** The smallest duration that at least half, or 95 percent, of the known ones do not exceed. */
  readonly p50Us: DurationUs;
  readonly p95Us: DurationUs;
  /** Input and output of the spans whose tokens are counted; undefined where none says any. */
  readonly tokens: number | undefined;
  /** US dollars of the spans that have a cost; undefined where none has. */
  readonly usd: number | undefined;
}

export interface StatisticsInput {
  readonly table: SpanTable;
  readonly tree: SpanTree;
  readonly extents: SpanExtents;
  /** By row, microseconds. */
  readonly selfUs: Float64Array;
  /** By row: 1 where the span's own tokens count (`findUsageLeaves`). */
  readonly leaves: Uint8Array;
  /** By row, US dollars, NaN for none (`computeSpanCosts`); absent: not reckoned. */
  readonly usd?: Float64Array | undefined;
}

/** The group of a span under one reading; undefined where it belongs to none. */
export function groupOf(table: SpanTable, row: number, by: StatisticsBy): string | undefined {
  const code = at(table.columns.kind, row);
  switch (by) {
    case 'kind':
      return kindOf(code);
    case 'agent':
      return code === KIND_CODE.agent ? table.name(row) : undefined;
    case 'tool':
      return code === KIND_CODE.function ? table.name(row) : undefined;
    case 'model':
      return table.text('model', row);
  }
}

/**
 * The longest in total first. An agent's row counts its runs; the errors and tokens in it are those of all
 * that it did itself, without the agents that ran below it.
 */
export function computeSpanStatistics(input: StatisticsInput, by: StatisticsBy): readonly StatisticsRow[] {
  const { table, tree } = input;
  const nearest = by === 'agent' ? findNearestAgents(table, tree) : undefined;
  const groups = new Map<string, Group>();
  for (let row = 0; row < table.length; row++) {
    const whose = nearest === undefined ? row : at(nearest, row);
    const key = whose < 0 ? undefined : groupOf(table, whose, by);
    if (key === undefined) continue;
    const group = groups.get(key) ?? { rows: [], errors: 0, tokens: undefined, usd: undefined };
    groups.set(key, group);
    if (whose === row) group.rows.push(row);
    if ((at(table.columns.flags, row) & SpanFlag.error) !== 0) group.errors++;
    if (input.leaves[row] === 1) group.tokens = (group.tokens ?? 0) + tokensOf(table, row);
    const usd = input.usd?.[row] ?? Number.NaN;
    if (!Number.isNaN(usd)) group.usd = (group.usd ?? 0) + usd;
  }
  return [...groups]
    .map(([key, group]) => ({ key, label: labelOf(key, by), ...sumUp(input, group) }))
    .sort((a, b) => (b.totalUs || 0) - (a.totalUs || 0) || b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** What was counted of a group on the way through the rows. */
interface Group {
  readonly rows: number[];
  errors: number;
  tokens: number | undefined;
  usd: number | undefined;
}

function labelOf(key: string, by: StatisticsBy): string {
  return by === 'kind'
    ? (Object.values(KIND_DEFINITIONS).find(({ kind }) => kind === key)?.label ?? key)
    : key;
}

function sumUp(
  { extents, selfUs }: StatisticsInput,
  { rows, errors, tokens, usd }: Group,
): Omit<StatisticsRow, 'key' | 'label'> {
  const durations = new Float64Array(rows.length);
  let known = 0;
  let [total, self] = [0, 0];
  for (const row of rows) {
    const duration = at(extents.end, row) - at(extents.start, row);
    if (!Number.isFinite(duration)) continue;
    durations[known++] = duration;
    total += duration;
    self += at(selfUs, row);
  }
  const sorted = durations.subarray(0, known).sort();
  return {
    count: rows.length,
    errors,
    totalUs: known > 0 ? total : Number.NaN,
    selfUs: known > 0 ? self : Number.NaN,
    p50Us: percentile(sorted, 0.5),
    p95Us: percentile(sorted, 0.95),
    tokens,
    usd,
  };
}

/** What a span says of its tokens in all: its own total, else input and output as far as they are known. */
export function tokensOf({ columns }: SpanTable, row: number): number {
  const said = at(columns.totalTokens, row);
  if (said >= 0) return said;
  return Math.max(at(columns.inputTokens, row), 0) + Math.max(at(columns.outputTokens, row), 0);
}

function percentile(sorted: Float64Array, share: number): DurationUs {
  return sorted.length === 0 ? Number.NaN : at(sorted, Math.ceil(sorted.length * share) - 1);
}
