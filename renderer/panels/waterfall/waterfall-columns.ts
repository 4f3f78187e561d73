/** The columns of the waterfall behind the span's name. A new one is one entry here. */
import type { SpanCosts } from '../../../core/analysis/cost/span-costs.ts';
import { findNearestAgent } from '../../../core/analysis/nearest-agent.ts';
import { computeSelfTime } from '../../../core/analysis/self-times.ts';
import { tokensOf } from '../../../core/analysis/span-statistics.ts';
import { saysTokens } from '../../../core/analysis/usage-leaves.ts';
import { at } from '../../../core/model/assert.ts';
import { KIND_DEFINITIONS } from '../../../core/model/kinds/registry.ts';
import { kindOf } from '../../../core/model/span-kind.ts';
import type { DurationUs, EpochUs } from '../../../core/model/time.ts';
import type { FlameModel } from '../../charts/flame/model.ts';
import { drawnEnd } from '../../../core/flame/walk-row.ts';
import { formatExactUsd, formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';
import { formatDuration, formatExactDuration, formatOffset } from '../../format/duration.ts';
import { spanTokens } from '../../format/tokens.ts';

/** What the cells of a row are made of. */
export interface CellSource {
  readonly model: FlameModel;
  readonly span: number;
  /** Where open spans end. */
  readonly now: DurationUs;
  /** Where open spans end in what was computed of the trace. */
  readonly openEndUs: EpochUs;
  /** Undefined until they have been reckoned. */
  readonly costs: SpanCosts | undefined;
}

export interface Cell {
  readonly text: string;
  readonly title?: string | undefined;
  /** Nothing is known: said quietly. */
  readonly none?: boolean;
}

export interface WaterfallColumn {
  readonly id: 'agent' | 'kind' | 'start' | 'duration' | 'self' | 'tokens' | 'cost';
  readonly label: string;
  readonly title?: string;
  readonly track: string;
  /** Right-aligned. */
  readonly figure: boolean;
  /** Shown where the table is at least so wide, CSS pixels. */
  readonly fromPx: number;
  cell(source: CellSource): Cell;
}

const NONE: Cell = { text: '–', none: true };

export const WATERFALL_COLUMNS: readonly WaterfallColumn[] = [
  {
    id: 'agent',
    label: 'Agent',
    track: 'minmax(90px, 0.35fr)',
    figure: false,
    fromPx: 1250,
    cell: ({ model: { table, tree }, span }) => {
      const agent = findNearestAgent(table, tree, span);
      const name = table.text('agent', span) ?? (agent >= 0 ? table.name(agent) : undefined);
      return name === undefined ? NONE : { text: name.slice(0, 200), title: name };
    },
  },
  {
    id: 'kind',
    label: 'Kind',
    track: '92px',
    figure: false,
    fromPx: 1000,
    cell: ({ model, span }) => ({
      text: KIND_DEFINITIONS[kindOf(at(model.table.columns.kind, span))].label,
    }),
  },
  {
    id: 'start',
    label: 'Start',
    track: '88px',
    figure: true,
    fromPx: 1120,
    cell: ({ model, span }) => ({ text: formatOffset(at(model.start, span)) }),
  },
  {
    id: 'duration',
    label: 'Duration',
    track: '84px',
    figure: true,
    fromPx: 0,
    cell: ({ model, span, now }) => {
      const duration = drawnEnd(model, span, now) - at(model.start, span);
      const isOpen = model.end[span] === Infinity;
      return {
        text: isOpen ? `${formatDuration(duration)} …` : formatDuration(duration),
        title: isOpen ? `Open for ${formatExactDuration(duration)}` : formatExactDuration(duration),
      };
    },
  },
  {
    id: 'self',
    label: 'Self',
    title: 'Duration without the time that direct children cover',
    track: '84px',
    figure: true,
    fromPx: 880,
    cell: ({ model: { table, tree }, span, openEndUs }) => {
      const self = computeSelfTime(table, tree, openEndUs, span);
      return Number.isFinite(self)
        ? { text: formatDuration(self), title: formatExactDuration(self) }
        : { ...NONE, title: 'Unknown' };
    },
  },
  {
    id: 'tokens',
    label: 'Tokens',
    track: '76px',
    figure: true,
    fromPx: 420,
    cell: ({ model: { table }, span }) =>
      saysTokens(table, span)
        ? { text: formatCount(tokensOf(table, span)), title: spanTokens(table, span) }
        : { ...NONE, title: 'Unknown' },
  },
  {
    id: 'cost',
    label: 'Cost',
    title: 'An estimate; of a span around calls, what those came to',
    track: '84px',
    figure: true,
    fromPx: 620,
    cell: ({ costs, span }) => {
      const usd = costs?.wholeUsd[span] ?? Number.NaN;
      return Number.isNaN(usd)
        ? { ...NONE, title: 'Unknown, or nothing to pay for' }
        : { text: formatUsd(usd), title: formatExactUsd(usd) };
    },
  },
];

/** A table this wide has room for bars over time. */
export const TIMELINE_FROM_PX = 560;

export function shownColumns(widthPx: number): readonly WaterfallColumn[] {
  return WATERFALL_COLUMNS.filter(({ fromPx }) => widthPx >= fromPx);
}

export function gridTracks(columns: readonly WaterfallColumn[], hasTimeline: boolean): string {
  const timeline = hasTimeline ? ' minmax(160px, 1.2fr)' : '';
  return `minmax(160px, 1fr)${timeline} ${columns.map(({ track }) => track).join(' ')}`;
}
