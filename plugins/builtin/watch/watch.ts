/** What a person should know of a trace that ended: it was slow, it failed, a guardrail tripped, agents went in circles. */
import {
  alert,
  annotate,
  definePlugin,
  formatDuration,
  groupBy,
  maxBy,
  type AlertResult,
  type PluginResult,
  type Settings,
  type SpanView,
  type TraceView,
} from 'tracebench/plugin';

/** A trace with more classes of errors than that has one problem, not many. */
const MOST_ALERTS = 20;

function watchTime(trace: TraceView, settings: Settings): readonly PluginResult[] {
  const slowMs = Number(settings.slowMs);
  if (slowMs === 0 || trace.durationMs <= slowMs) return [];
  const worst = maxBy(trace.spans, ({ criticalMs = 0 }) => criticalMs);
  const told = alert({
    code: 'slow-trace',
    traceId: trace.id,
    message: `It took ${formatDuration(trace.durationMs)}.`,
    ...(worst !== undefined && {
      advice: `Most of it was spent in "${worst.name}".`,
      spanIds: [worst.id],
    }),
  });
  if (worst === undefined) return [told];
  const text = `The trace waited ${formatDuration(worst.criticalMs ?? 0)} for this.`;
  return [told, annotate(trace.id, worst.id, { badge: 'slow', severity: 'info', text })];
}

/** One error is often told by a call, its turn and its agent: they say the same, and the innermost is named. */
function watchErrors({ id, spans }: TraceView): readonly AlertResult[] {
  const failed = spans.filter(({ hasError }) => hasError);
  const classes = groupBy(failed, ({ errorClass, name }) => errorClass ?? name);
  return [...classes.values()].slice(0, MOST_ALERTS).map((group) => {
    const { name, errorClass = 'It failed.' } = group.at(-1) ?? { name: '' };
    const spanIds = group.map((span) => span.id);
    return alert({
      code: 'errors',
      severity: 'error',
      traceId: id,
      message: `${name}: ${errorClass}`,
      spanIds,
    });
  });
}

function watchGuardrails({ id, spans }: TraceView): readonly AlertResult[] {
  const tripped = groupBy(
    spans.filter(({ isTriggered }) => isTriggered),
    ({ name }) => name,
  );
  return [...tripped].slice(0, MOST_ALERTS).map(([name, group]) =>
    alert({
      code: 'guardrail-tripped',
      traceId: id,
      message: `The guardrail "${name}" tripped.`,
      spanIds: group.map((span) => span.id),
    }),
  );
}

/** The handoffs that closed a circle, by the circle: A → B → C → B is a round of B → C → B. */
function findLoops(handoffs: readonly SpanView[]): Map<string, SpanView[]> {
  const loops = new Map<string, SpanView[]>();
  let walk: string[] = [];
  for (const span of handoffs) {
    const { agent: from, target: to } = span;
    if (from === undefined || to === undefined) continue;
    if (walk.at(-1) !== from) walk = [from];
    const seenAt = walk.indexOf(to);
    if (seenAt < 0) {
      walk.push(to);
      continue;
    }
    const circle = turn(walk.slice(seenAt)).join(' → ');
    loops.set(circle, [...(loops.get(circle) ?? []), span]);
    walk = walk.slice(0, seenAt + 1);
  }
  return loops;
}

/** From its first name in the alphabet on, so that one circle has one name wherever somebody enters it. */
function turn(agents: readonly string[]): readonly string[] {
  const first = agents.indexOf([...agents].sort()[0] ?? '');
  const turned = [...agents.slice(first), ...agents.slice(0, first)];
  return [...turned, ...turned.slice(0, 1)];
}

function watchLoops({ id, spans }: TraceView, settings: Settings): readonly AlertResult[] {
  const fewest = Number(settings.loopRounds);
  if (fewest === 0) return [];
  const ignored = Array.isArray(settings.ignoreAgents) ? settings.ignoreAgents : [];
  const handoffs = spans
    .filter(({ kind }) => kind === 'handoff')
    .sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0));
  return [...findLoops(handoffs)]
    .filter(([circle, rounds]) => {
      return rounds.length >= fewest && !circle.split(' → ').some((agent) => ignored.includes(agent));
    })
    .map(([circle, rounds]) =>
      alert({
        code: 'handoff-loop',
        traceId: id,
        message: `Agents went round ${rounds.length} times: ${circle}.`,
        spanIds: rounds.map((span) => span.id),
      }),
    );
}

export const plugin = definePlugin({
  processTrace(trace, { settings }) {
    return [
      ...watchTime(trace, settings),
      ...(settings.errors === true ? watchErrors(trace) : []),
      ...(settings.guardrails === true ? watchGuardrails(trace) : []),
      ...watchLoops(trace, settings),
    ];
  },
});
