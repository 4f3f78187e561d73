/** A crowded library for pictures: ten thousand traces, names that are too long, and one trace of 3,000 spans. */
import { writeIsoUs, type EpochUs } from '../../core/model/time.ts';
import { at } from '../../core/model/assert.ts';

export const CROWD = { traces: 10_400, largest: 'trace_crowd_largest' } as const;

const LARGEST_SPANS = 3000;
const WEEK_US = 7 * 86_400 * 1_000_000;
const WORKFLOWS = [
  'Customer support',
  'Research brief',
  'Code review',
  'Nightly evaluation of all prompts against the recorded conversations of the last quarter, second attempt',
  'com.example.platform.agents.orchestration.internal.SupportWorkflowDispatcherWithRetries',
];
const AGENTS = [
  'Triage',
  'Billing',
  'Refunds',
  'An agent whose name tells at length what it is meant to do',
  'Tech',
];

/** JSON lines; deterministic but for the time that everything ends before. */
export function writeCrowd(nowUs: EpochUs): string {
  const lines: string[] = [];
  for (let trace = 0; trace < CROWD.traces; trace++) {
    const id = trace === 0 ? CROWD.largest : `trace_crowd_${String(trace)}`;
    const spans = trace === 0 ? LARGEST_SPANS : 2 + (trace % 4);
    const startUs = nowUs - ((trace + 1) * WEEK_US) / (CROWD.traces + 1);
    lines.push(
      JSON.stringify({ object: 'trace', id, workflow_name: at(WORKFLOWS, trace % 5), group_id: null }),
    );
    for (let span = 0; span < spans; span++) lines.push(JSON.stringify(makeSpan(id, trace, span, startUs)));
  }
  return `${lines.join('\n')}\n`;
}

/** Agents hand off to each other in turn; each has its calls behind it. */
function makeSpan(traceId: string, trace: number, span: number, startUs: EpochUs): object {
  const isAgent = span % 12 === 0;
  const agent = span - (span % 12);
  const from = startUs + span * 130_000;
  const name = at(AGENTS, (trace + agent / 12) % AGENTS.length);
  const next = at(AGENTS, (trace + agent / 12 + 1) % AGENTS.length);
  const data = isAgent
    ? { type: 'agent', name }
    : span % 12 === 11
      ? { type: 'handoff', from_agent: name, to_agent: next }
      : span % 3 === 0
        ? { type: 'function', name: 'search_the_knowledge_base', input: '{}', output: 'found' }
        : { type: 'generation', model: 'gpt-5-mini', usage: { input_tokens: 900 + span, output_tokens: 40 } };
  return {
    object: 'trace.span',
    id: `${traceId}_${String(span)}`,
    trace_id: traceId,
    parent_id: isAgent ? null : `${traceId}_${String(agent)}`,
    started_at: writeIsoUs(from),
    ended_at: writeIsoUs(from + (isAgent ? 12 * 130_000 : 90_000 + (span % 7) * 10_000)),
    span_data: data,
    error: trace % 13 === 0 && span % 40 === 1 ? { message: 'The service did not answer in time.' } : null,
  };
}
