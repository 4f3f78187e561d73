/** Summaries as a busy library holds them: few workflows and agents, ids of every shape, tokens of any basis. */
import type { TraceSummary } from '../../../core/model/trace-summary.ts';
import { writeIsoUs } from '../../../core/model/time.ts';

const WORKFLOWS = ['Customer support', 'Research brief', 'Code review', 'Nightly evaluation', ''];
const AGENTS = ['Triage', 'Billing', 'Refunds', 'Planner', 'Searcher', 'Writer', 'مساعد'];
const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4.1'];
const FIRST_US = Date.UTC(2026, 10, 16) * 1000;

/** The summary of number `i`: the same for the same number. */
export function summaryOf(i: number): TraceSummary {
  const draw = drawFor(i);
  const agents = pick(AGENTS, draw, 3);
  const total = draw(4) === 0 ? null : draw(90_000);
  return {
    id: idOf(i),
    workflowName: WORKFLOWS[draw(WORKFLOWS.length)] ?? '',
    groupId: draw(3) === 0 ? `conversation_${String(draw(500))}` : null,
    metadata:
      draw(2) === 0 ? {} : { tier: draw(2) === 0 ? 'gold' : 'free', a: { b: draw(5) }, score: draw(3) / 2 },
    status: draw(12) === 0 ? 'failed' : draw(40) === 0 ? 'in_progress' : 'completed',
    startedAt: writeIsoUs(FIRST_US + draw(6 * 86_400) * 1_000_000),
    durationMs: draw(200_000) / 10,
    spans: draw(300),
    spansByKind: draw(2) === 0 ? { agent: 1 } : { agent: 2, generation: 3 },
    roots: 1,
    orphans: 0,
    depth: 3,
    errors: draw(10) === 0 ? 1 + draw(3) : 0,
    tokens: {
      input: total,
      output: total === null ? null : draw(5000),
      cached: null,
      reasoning: null,
      total,
      basis: total === null ? 'unknown' : 'model-spans',
    },
    handoffs: agents.slice(1).map((to, at) => [agents[at] ?? null, to]),
    tools: draw(3) === 0 ? { lookup: { calls: 1 + draw(9), errors: draw(2) } } : {},
    guardrails: {},
    agents,
    models: pick(MODELS, draw, 2),
    sources: ['openai-agents'],
    origins: draw(5) === 0 ? ['live', 'week-46.jsonl.gz'] : ['week-46.jsonl.gz'],
  };
}

/** One id in ten each is of OpenTelemetry, a UUID, or of no shape at all. */
function idOf(i: number): string {
  const draw = drawFor(i + 1_000_003);
  const word = (): string => (draw(0xffff_ffff) >>> 0).toString(16).padStart(8, '0');
  const digits = `${word()}${word()}${word()}${i.toString(16).padStart(8, '0')}`;
  switch (i % 10) {
    case 7:
      return digits;
    case 8:
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    case 9:
      return `run ${String(i)}`;
    default:
      return `trace_${digits}`;
  }
}

function pick(from: readonly string[], draw: (below: number) => number, most: number): string[] {
  const picked = new Set<string>();
  for (let i = draw(most) + 1; i > 0; i--) picked.add(from[draw(from.length)] ?? '');
  return [...picked];
}

/** Numbers below a bound, from a seed (mulberry32). */
function drawFor(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e37_79b1);
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
