/** The columns of the list: what each is called, how wide it is, and which way it sorts first. */
import type { ListColumn } from '../../state/library-address.ts';
import type { SortColumn } from '../../../core/store/library-query.ts';

export interface ShownColumn {
  readonly id: 'status' | 'workflow' | ListColumn;
  readonly label: string;
  /** A track of a CSS grid. */
  readonly width: string;
  /** A number: stands at the right. */
  readonly figure?: true;
  readonly sort: SortColumn;
  /** Figures and times begin with the largest. */
  readonly descendingFirst: boolean;
}

const FIXED: readonly ShownColumn[] = [
  { id: 'status', label: 'Status', width: '28px', sort: 'status', descendingFirst: true },
  {
    id: 'workflow',
    label: 'Workflow',
    width: 'minmax(120px, 1.1fr)',
    sort: 'workflow',
    descendingFirst: false,
  },
];

const CHOSEN: Readonly<Record<ListColumn, ShownColumn>> = {
  agents: {
    id: 'agents',
    label: 'Agents',
    width: 'minmax(130px, 2fr)',
    sort: 'agents',
    descendingFirst: false,
  },
  started: { id: 'started', label: 'Started', width: '152px', sort: 'started', descendingFirst: true },
  duration: { id: 'duration', label: 'Duration', width: '182px', sort: 'duration', descendingFirst: true },
  spans: {
    id: 'spans',
    label: 'Spans',
    width: '70px',
    figure: true,
    sort: 'spans',
    descendingFirst: true,
  },
  tokens: {
    id: 'tokens',
    label: 'Tokens',
    width: '92px',
    figure: true,
    sort: 'tokens',
    descendingFirst: true,
  },
  cost: {
    id: 'cost',
    label: 'Cost',
    width: '86px',
    figure: true,
    sort: 'cost',
    descendingFirst: true,
  },
  errors: {
    id: 'errors',
    label: 'Errors',
    width: '66px',
    figure: true,
    sort: 'errors',
    descendingFirst: true,
  },
  models: {
    id: 'models',
    label: 'Models',
    width: 'minmax(90px, 1fr)',
    sort: 'models',
    descendingFirst: false,
  },
  group: { id: 'group', label: 'Group', width: 'minmax(90px, 1fr)', sort: 'group', descendingFirst: false },
  origins: {
    id: 'origins',
    label: 'Source',
    width: 'minmax(90px, 1fr)',
    sort: 'origins',
    descendingFirst: false,
  },
};

export function shownColumns(chosen: readonly ListColumn[]): readonly ShownColumn[] {
  return [...FIXED, ...chosen.map((id) => CHOSEN[id])];
}

export function columnLabel(id: ListColumn): string {
  return CHOSEN[id].label;
}

/** The tracks of the grid; the box to choose a row comes first. */
export function gridTracks(columns: readonly ShownColumn[]): string {
  return ['34px', ...columns.map(({ width }) => width)].join(' ');
}
