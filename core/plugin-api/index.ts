/** `tracebench/plugin`: all that the author of a plugin imports. */
export { definePlugin } from './define-plugin.ts';
export type { Analysis, AnalysisContext, PluginDefinition } from './define-plugin.ts';
export type {
  AlertResult,
  AnnotationsResult,
  FlameResult,
  GraphResult,
  MarkdownResult,
  PluginResult,
  ResultCell,
  SeriesResult,
  TableResult,
} from './results.ts';
export type { Settings } from './settings.ts';
export type { SpanView, TraceView } from './views.ts';
