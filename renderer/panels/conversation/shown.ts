/** What of a conversation is shown, as its switches say. */
export interface Shown {
  /** Repeated context is one line. */
  readonly folded: boolean;
  readonly reasoning: boolean;
  /** Words as markdown; else as they are. */
  readonly markdown: boolean;
}

export const SHOWN_SWITCHES = [
  { id: 'folded', label: 'Fold repeated context' },
  { id: 'reasoning', label: 'Show reasoning' },
  { id: 'markdown', label: 'Markdown' },
] as const satisfies readonly { readonly id: keyof Shown; readonly label: string }[];
