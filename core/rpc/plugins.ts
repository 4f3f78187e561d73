/** What page and host say of plugins: what there is, what each may do, what it did, and what it found. */
import type { Severity } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { PluginResult } from '../plugin-api/results.ts';
import type { Settings, SettingsSchema } from '../plugin-api/settings.ts';

/** `folder`: loaded where its author works on it, and loaded again whenever a file of it is saved. */
export type PluginOrigin = 'built-in' | 'installed' | 'folder';

/**
 * `idle`: on, and nothing to do just now. `disabled`: switched off by the user. `failed`: it could not be loaded, or
 * it broke down three times in five minutes and is not started again. `changed-on-disk`: another file than the one that
 * was agreed to; it is not loaded until somebody agrees again.
 */
export type PluginStatus = 'idle' | 'running' | 'disabled' | 'failed' | 'changed-on-disk';

/** What a plugin may read and do, as its plugin.json says. */
export interface PluginRights {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly uses: readonly string[];
  /** The origins that the host calls for it, and why; null: none. */
  readonly network: { readonly allow: readonly string[]; readonly reason: string } | null;
  /** It reads what people wrote and may send it away. */
  readonly isHighRisk: boolean;
}

/** How long the calls of a hook took, since the host started. */
export interface HookTiming {
  readonly hook: string;
  readonly calls: number;
  readonly faults: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Findings by severity. */
export type FindingCounts = Readonly<Record<Severity, number>>;

export interface PluginState extends PluginRights {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly origin: PluginOrigin;
  /** Its folder; absent for what came with the product. */
  readonly path?: string;
  /** What the user wished; see `status` for what is. */
  readonly enabled: boolean;
  /** The user's order inside a stage; smaller is earlier. */
  readonly order: number;
  readonly status: PluginStatus;
  /** Why it failed or is not loaded, in whole sentences: the banner. */
  readonly fault?: string;
  readonly bundleHash: string;
  /** Empty until its source was evaluated once, which happens when it is switched on. */
  readonly hooks: readonly string[];
  readonly analyses: readonly string[];
  readonly settingsSchema: SettingsSchema;
  readonly settings: Settings;
  /** How often it broke down since the host started. */
  readonly crashes: number;
  readonly timings: readonly HookTiming[];
  readonly findings: FindingCounts;
  /** Traces with a result that holds; with one of another version, other settings or an older state of the trace. */
  readonly tracesDone: number;
  readonly staleTraces: number;
  /** Traces that wait for it. */
  readonly waiting: number;
  /** Traces that it failed on three times, and that it is not given again unasked. */
  readonly deadLetters: number;
}

/** What stands at a path, before anything of it runs. */
export interface PluginOffer extends PluginRights {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly license: string;
  /** What is agreed to by installing it. */
  readonly bundleHash: string;
  /** The version that is there already. */
  readonly replaces?: string;
}

/** Which traces are meant: by a query of the library, by ids, or all. */
export interface PluginRunScope {
  readonly query?: string;
  readonly traceIds?: readonly string[];
}

export type NamedResult = PluginResult & { readonly analysis: string };

/** A run over traces, as it is kept. */
export interface PluginRunReport {
  readonly runId: string;
  /** ISO 8601, the host's clock. */
  readonly at: string;
  readonly status: 'completed' | 'cancelled' | 'failed';
  /** What ended it, or why the first trace that is left out is. */
  readonly fault?: string;
  /** What it was made of. */
  readonly version: string;
  readonly bundleHash: string;
  readonly settings: Settings;
  readonly scope: PluginRunScope;
  readonly traces: number;
  /** Of these: looked at in this run, known from before, and left out since the plugin failed on them. */
  readonly mapped: number;
  readonly reused: number;
  readonly skipped: number;
  readonly results: readonly NamedResult[];
  /** The plugin, its settings or one of the traces is another by now. */
  readonly isStale: boolean;
}

export interface PluginProgress {
  readonly id: string;
  readonly runId: string;
  readonly done: number;
  readonly total: number;
  /** An estimate; absent while nobody could tell. */
  readonly secondsLeft?: number;
  /** What it says of the traces so far, now and then. */
  readonly partial?: readonly NamedResult[];
}

export interface PluginLogLine {
  /** ISO 8601, the host's clock. */
  readonly at: string;
  /** `host`: what became of the plugin; `plugin`: what it logged itself. */
  readonly by: 'host' | 'plugin';
  readonly text: string;
}

/** A trace that a plugin failed on. */
export interface DeadLetter {
  readonly traceId: string;
  readonly at: string;
  readonly fault: string;
}

/** What one plugin says of one trace. */
export interface TraceResults {
  readonly by: string;
  readonly version: string;
  readonly isStale: boolean;
  readonly findings: readonly Finding[];
  /** Marks on spans, measures of the flame graph. */
  readonly results: readonly PluginResult[];
  /** What an enricher says of spans: span id to values under names such as `cost.usd`. */
  readonly values: Readonly<Record<string, JsonObject>>;
  /** Why what should stand here does not: the plugin failed on this trace. */
  readonly fault?: string;
}

/** The findings of all traces that say the same. */
export interface FindingGroup {
  readonly by: string;
  readonly code: string;
  readonly severity: Severity;
  /** Of the newest. */
  readonly message: string;
  readonly traces: number;
  readonly findings: number;
  /** ISO 8601, when the first and the last were found. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** The newest first, at most 100. */
  readonly traceIds: readonly string[];
}

/** Requests of this room. Errors: `unknown-plugin`, `plugin-refused` with a sentence, `unknown-trace`. */
export interface PluginRequests {
  'plugins.list': {
    params: Record<string, never>;
    result: { readonly plugins: readonly PluginState[]; readonly problems: readonly string[] };
  };
  /** Reads a folder or a packed file; nothing of it runs. */
  'plugins.inspect': { params: { readonly path: string }; result: PluginOffer };
  /** Takes what was inspected: `bundleHash` is what the user agreed to. `asFolder`: used where it lies, for its author. */
  'plugins.install': {
    params: { readonly path: string; readonly bundleHash: string; readonly asFolder?: boolean };
    result: { readonly plugin: PluginState };
  };
  /** Switches it on or off. `bundleHash`: agrees to what stands on the disk now. A failed one is tried again. */
  'plugins.enable': {
    params: { readonly id: string; readonly enabled: boolean; readonly bundleHash?: string };
    result: { readonly plugin: PluginState };
  };
  /** Changes what is named; all other settings stay. */
  'plugins.settings': {
    params: { readonly id: string; readonly settings?: JsonObject; readonly order?: number };
    result: { readonly plugin: PluginState };
  };
  /** Built-in ones cannot be removed. `results`: with all that it found. */
  'plugins.remove': {
    params: { readonly id: string; readonly results: boolean };
    result: Record<string, never>;
  };
  /** Runs its analyses, and what it does with traces after they ended; `plugins.progress` meanwhile. */
  'plugins.run': {
    params: { readonly id: string; readonly runId: string } & PluginRunScope;
    result: PluginRunReport;
  };
  'plugins.cancel': { params: { readonly runId: string }; result: Record<string, never> };
  /** The runs that are kept, the newest first, and the traces that it failed on. */
  'plugins.results': {
    params: { readonly id: string };
    result: { readonly runs: readonly PluginRunReport[]; readonly deadLetters: readonly DeadLetter[] };
  };
  'plugins.log': {
    params: { readonly id: string };
    result: { readonly lines: readonly PluginLogLine[] };
  };
  /** What all plugins say of one trace. */
  'plugins.trace': {
    params: { readonly traceId: string };
    result: { readonly results: readonly TraceResults[] };
  };
  /** Findings of plugins over all traces, the gravest and most frequent first. */
  'findings.list': {
    params: { readonly by?: string };
    result: { readonly groups: readonly FindingGroup[] };
  };
  /** By trace id, for badges: only traces that have some. */
  'findings.counts': {
    params: Record<string, never>;
    result: { readonly traces: Readonly<Record<string, FindingCounts>> };
  };
}

export interface PluginEvents {
  /** A plugin came, went, or is in another state: all of them as of now. */
  'plugins.changed': { readonly plugins: readonly PluginState[] };
  'plugins.progress': PluginProgress;
  /** What is said of these traces is another; the counts are as of now, and null where nothing is said any more. */
  'findings.changed': { readonly traces: Readonly<Record<string, FindingCounts | null>> };
}
