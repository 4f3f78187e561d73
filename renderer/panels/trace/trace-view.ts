/** The ways to look at a trace, and what may stand below the flame graph. */

export type TraceView = 'flame' | 'handoffs';
export type Below = 'spans' | 'handoffs';

export const TRACE_VIEWS = [
  { id: 'flame', label: 'Flame' },
  { id: 'handoffs', label: 'Handoffs' },
] as const satisfies readonly { readonly id: TraceView; readonly label: string }[];

export const BELOW = [
  { id: 'spans', label: 'Table', title: 'Show or hide the spans as a table below' },
  { id: 'handoffs', label: 'Handoffs below', title: 'Show or hide the handoffs below the flame graph' },
] as const satisfies readonly { readonly id: Below; readonly label: string; readonly title: string }[];
