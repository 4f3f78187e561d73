/** What the source of a plugin exports: hooks and analyses. In the guest this very file runs. */
import type { PluginHooks } from './hooks.ts';
import type { PluginResult } from './results.ts';
import type { Settings } from './settings.ts';
import type { TraceView } from './views.ts';

/** Everything an analysis gets besides traces. */
export interface AnalysisContext {
  /** The user's settings over the defaults of plugin.json. */
  readonly settings: Settings;
}

/**
 * Map looks at one trace, reduce lays together what it said of all: so any number of traces can be looked at,
 * and never more than one is in memory. Both are pure: the same input gives the same answer.
 */
export interface Analysis<Part> {
  /** What is kept of one trace, as JSON; undefined or null: nothing. */
  readonly map: (
    trace: TraceView,
    context: AnalysisContext,
  ) => Part | null | undefined | Promise<Part | null | undefined>;
  /** The result or results of all parts, in the order of the traces. */
  readonly reduce: (
    parts: readonly Part[],
    context: AnalysisContext,
  ) => PluginResult | readonly PluginResult[] | Promise<PluginResult | readonly PluginResult[]>;
}

/** Hooks, analyses, or both. */
export interface PluginDefinition<Parts extends object> extends Partial<PluginHooks> {
  /** By name, in kebab case. */
  readonly analyses?: { readonly [Name in keyof Parts]: Analysis<Parts[Name]> };
}

/** Gives its argument back; it is there for the types. */
export function definePlugin<Parts extends object>(plugin: PluginDefinition<Parts>): PluginDefinition<Parts> {
  return plugin;
}
