/** `tracebench/plugin`: all that the author of a plugin imports. */
export { definePlugin } from './define-plugin.ts';
export { allow, defer, deny, drop, hash01, keep, skeleton } from './decisions.ts';
export { alert, annotate, annotations, col, flame, graph, markdown, series, table } from './build-results.ts';
export { countBy, groupBy, maxBy, quantile, sumBy, sumGroups } from './group.ts';
export { formatDate, formatDuration, formatMoney, formatNumber } from './format-values.ts';
export { criticalPath } from './critical-path.ts';
export {
  computeCost,
  computeTokenUsage,
  countTools,
  findErrors,
  findSlowSpans,
  isOlderThan,
  listHandoffs,
  writeTextView,
} from './trace-figures.ts';
export { mapTexts } from './map-texts.ts';
export { request } from './request.ts';
export type { Analysis, AnalysisContext, PluginDefinition } from './define-plugin.ts';
export type { AccessDecision, Decision, KeepDecision } from './decisions.ts';
export type { EnrichedValues, HookContext, PluginHooks, SpanHookContext } from './hooks.ts';
export type { TextPath } from './map-texts.ts';
export type { PluginResponse, RequestInit } from './request.ts';
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
export type { ModelCost, ModelPrice, TokenUsage, ToolCount } from './trace-figures.ts';
export type { SpanView, TraceHeadView, TraceView } from './views.ts';
