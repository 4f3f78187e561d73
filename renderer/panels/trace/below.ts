/** What may stand below the flame graph. */
export type Below = 'waterfall' | 'handoffs';

export const BELOW = [
  { id: 'waterfall', label: 'Table', title: 'Show or hide the spans as a table below' },
  { id: 'handoffs', label: 'Handoffs', title: 'Show or hide the handoffs below' },
] as const satisfies readonly { readonly id: Below; readonly label: string; readonly title: string }[];
