/** What the host and the thread of a plugin say to each other. Values cross as JSON text that the guest made or reads. */

/** With it a thread is started. */
export interface ThreadStart {
  readonly memoryMb: number;
}

/** The host's side: one call at a time. */
export type ToThread =
  | { readonly kind: 'load'; readonly deadlineMs: number; readonly source: GuestSource }
  | { readonly kind: 'call'; readonly deadlineMs: number; readonly request: string };

/** What is evaluated in the guest. */
export interface GuestSource {
  /** The author's file, as stack traces name it. */
  readonly fileName: string;
  /** JavaScript with the lines of the author's file. */
  readonly code: string;
  /** JSON of a `GuestConfig`. */
  readonly config: string;
}

/** What the prelude of the guest has to know. */
export interface GuestConfig {
  readonly id: string;
  /** The line of `"reads"` in plugin.json, from 1. */
  readonly readsLine: number;
  readonly reads: readonly string[];
  readonly uses: readonly string[];
  /** By field that is not to be had: the word of `reads` that would give it. */
  readonly hiddenSpanFields: Readonly<Record<string, string>>;
  readonly hiddenTraceFields: Readonly<Record<string, string>>;
}

export type FromThread = { readonly kind: 'ready' } | GuestAnswer;

export type GuestAnswer =
  | { readonly kind: 'value'; readonly json: string; readonly logs: readonly string[] }
  | { readonly kind: 'fault'; readonly fault: string; readonly logs: readonly string[] };
