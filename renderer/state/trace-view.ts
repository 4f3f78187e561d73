/** The ways to look at one trace. A new one is a line here, a panel, and its branch in shell/TracePlace.svelte. */
import type { DurationUs } from '../../core/model/time.ts';

export type TraceView =
  'flame' | 'waterfall' | 'handoffs' | 'conversation' | 'text' | 'statistics' | 'findings';

/** In the order of the tabs; the digit that opens a view is its place. */
export const TRACE_VIEWS = [
  { id: 'flame', label: 'Flame' },
  { id: 'waterfall', label: 'Waterfall' },
  { id: 'handoffs', label: 'Handoffs' },
  { id: 'conversation', label: 'Conversation' },
  { id: 'text', label: 'Text' },
  { id: 'statistics', label: 'Statistics' },
  { id: 'findings', label: 'Findings' },
] as const satisfies readonly { readonly id: TraceView; readonly label: string }[];

/** What a view of the trace is given. */
export interface ViewParts {
  /** A row of the model's table, -1 for none. */
  readonly selected: number;
  /** Spans are running: `now` moves. */
  readonly growing: boolean;
  /** Where open spans end at present, after the trace's beginning. */
  readonly now: () => DurationUs;
  /** Chooses a row of the model's table, -1 for none. */
  readonly onselect: (row: number) => void;
  /** Shown below the flame graph: every span that is drawn there, and little to set. */
  readonly below?: boolean;
}

export function readTraceView(name: string | null): TraceView | undefined {
  return TRACE_VIEWS.find(({ id }) => id === name)?.id;
}

/** The view that a digit stands for: its place among the tabs. */
export function viewOfKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): TraceView | undefined {
  return altKey || ctrlKey || metaKey ? undefined : TRACE_VIEWS[Number(key) - 1]?.id;
}
