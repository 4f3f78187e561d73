/** What the host and the thread of a plugin say to each other. Values cross as JSON text that the guest made or reads. */
import type { HookAnswer, HookInput, HookName } from '../../../core/plugin-api/hooks.ts';

/** With it a thread is started. */
export interface ThreadStart {
  readonly memoryMb: number;
}

/** The host's side: one call at a time; `settle` goes on with one that waits for the network. */
export type ToThread =
  | { readonly kind: 'load'; readonly deadlineMs: number; readonly source: GuestSource }
  | { readonly kind: 'call'; readonly deadlineMs: number; readonly request: string }
  | { readonly kind: 'settle'; readonly deadlineMs: number; readonly responses: string };

/** What is evaluated in the guest. */
export interface GuestSource {
  /** The author's file, as stack traces name it. */
  readonly fileName: string;
  /** JavaScript with the lines of the author's file. */
  readonly code: string;
  /** JSON of a `GuestConfig`. */
  readonly config: string;
  /** What `tracebench/plugin` is made of. */
  readonly api: readonly ApiModule[];
}

/** One file of the plugin API, as JavaScript. */
export interface ApiModule {
  /** As its neighbours import it: `./decisions.ts`. */
  readonly name: string;
  readonly code: string;
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
  readonly hiddenHeadFields: Readonly<Record<string, string>>;
  readonly hooks: Readonly<Record<HookName, { readonly takes: HookInput; readonly gives: HookAnswer }>>;
}

/** What a guest answers when it is loaded, as JSON. */
export interface GuestContents {
  readonly analyses: readonly string[];
  readonly hooks: readonly HookName[];
}

/** A request that the plugin waits for. */
export interface GuestRequest {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What became of it. */
export type GuestResponse =
  | { readonly id: number; readonly status: number; readonly contentType: string; readonly text: string }
  | { readonly id: number; readonly refused: string };

export type FromThread = { readonly kind: 'ready' } | GuestAnswer;

export type GuestAnswer =
  | { readonly kind: 'value'; readonly json: string; readonly logs: readonly string[] }
  | { readonly kind: 'fault'; readonly fault: string; readonly logs: readonly string[] }
  /** JSON of a list of `GuestRequest`. */
  | { readonly kind: 'waiting'; readonly json: string; readonly logs: readonly string[] };
