/** Which traces are kept: what is worth it, and a share of the rest by a hash of the id, so that retries decide alike. */
import {
  defer,
  definePlugin,
  drop,
  hash01,
  keep,
  type KeepDecision,
  type Settings,
  type TraceView,
} from 'tracebench/plugin';

const numberAt = (settings: Settings, name: string): number => Number(settings[name] ?? 0);
const isNamed = (settings: Settings, name: string, workflow: string | undefined): boolean => {
  const names = settings[name];
  return Array.isArray(names) && workflow !== undefined && names.includes(workflow);
};

/** How many of the share were kept, by the minute in which they began. */
const keptByMinute = new Map<string, number>();
const MINUTES = 1000;
const MINUTE_CHARACTERS = 'YYYY-MM-DDTHH:MM'.length;

/** True while the minute has room for one more of the share. */
function takePlace(startedAt: string, most: number): boolean {
  if (most <= 0) return true;
  const minute = startedAt.slice(0, MINUTE_CHARACTERS);
  const kept = keptByMinute.get(minute) ?? 0;
  if (kept >= most) return false;
  keptByMinute.set(minute, kept + 1);
  const [oldest] = keptByMinute.keys();
  if (keptByMinute.size > MINUTES && oldest !== undefined) keptByMinute.delete(oldest);
  return true;
}

function findWorth(trace: TraceView, settings: Settings): KeepDecision | undefined {
  const [slowMs, manyTokens] = [numberAt(settings, 'slowMs'), numberAt(settings, 'manyTokens')];
  if (settings.keepErrors === true && trace.errors > 0) return keep('has an error');
  if (settings.keepGuardrails === true && trace.spans.some((span) => span.isTriggered)) {
    return keep('a guardrail tripped');
  }
  if (slowMs > 0 && trace.durationMs > slowMs) return keep(`slower than ${slowMs} ms`);
  if (manyTokens > 0 && (trace.totalTokens ?? 0) > manyTokens) return keep(`more than ${manyTokens} tokens`);
  return undefined;
}

export const plugin = definePlugin({
  headSample({ workflowName }, { settings }) {
    if (isNamed(settings, 'dropWorkflows', workflowName)) return drop('a workflow that is never kept');
    if (isNamed(settings, 'keepWorkflows', workflowName)) return keep('a workflow that is always kept');
    return defer();
  },
  tailSample(trace, { settings }) {
    const worth = findWorth(trace, settings);
    if (worth !== undefined) return worth;
    const percent = numberAt(settings, 'keepPercent');
    const drawnBy = settings.groupTogether === true ? (trace.groupId ?? trace.id) : trace.id;
    if (hash01(drawnBy) * 100 >= percent) return drop(`not in the ${percent} percent that are kept`);
    const perMinute = numberAt(settings, 'perMinute');
    return takePlace(trace.startedAt, perMinute)
      ? keep(`in the ${percent} percent that are kept`)
      : drop(`beyond ${perMinute} traces a minute`);
  },
});
