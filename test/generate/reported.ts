/** What of a planned trace leaves the process, by the shape that it is reported in. */
import type { EpochUs } from '../../core/model/time.ts';
import type { PlannedSpan, PlannedTrace, PlannedUsage } from './plan.ts';

/** `items`: what an exporter posts when spans end. `events`: what a processor sends when they start and end. */
export type Shape = 'items' | 'events';

/** A span as far as it is told. */
export interface ReportedSpan {
  readonly span: PlannedSpan;
  readonly ended: boolean;
  readonly model: string | undefined;
  readonly usage: PlannedUsage | undefined;
}

/** The spans that are told: all, but for a trace whose process died. */
export function reportedSpans(trace: PlannedTrace, shape: Shape): readonly ReportedSpan[] {
  return trace.spans.flatMap((span) => {
    const ended = isBeforeCrash(trace, span.endUs);
    if (!ended && (shape === 'items' || !isBeforeCrash(trace, span.startUs))) return [];
    return [
      { span, ended, model: toldModel(span, shape, ended), usage: toldUsage(trace, span, shape, ended) },
    ];
  });
}

/** True for what happened while the process lived. */
export function isBeforeCrash(trace: PlannedTrace, us: EpochUs): boolean {
  return trace.crashUs === undefined || us <= trace.crashUs;
}

/** Usage as the wire carries it: no exporter of JavaScript tells it of responses, and none writes zeros. */
export function toldUsage(
  { dialect }: PlannedTrace,
  span: PlannedSpan,
  shape: Shape,
  ended: boolean,
): PlannedUsage | undefined {
  const { usage, kind } = span;
  if (!ended || usage === undefined) return undefined;
  if (kind === 'response' && dialect === 'js' && shape === 'items') return undefined;
  return usage.input + usage.output === 0 ? undefined : usage;
}

/** Only a processor sees the model of a response, and only once the response is there. */
function toldModel(span: PlannedSpan, shape: Shape, ended: boolean): string | undefined {
  if (span.kind !== 'response') return span.model;
  return shape === 'events' && ended && span.error === undefined ? span.model : undefined;
}

/** The reported parents above a span, the nearest first. */
export function ancestors(
  reported: ReportedSpan,
  byId: ReadonlyMap<string, ReportedSpan>,
): readonly ReportedSpan[] {
  const above: ReportedSpan[] = [];
  let next = byId.get(reported.span.parentId ?? '');
  for (; next !== undefined; next = byId.get(next.span.parentId ?? '')) above.push(next);
  return above;
}
