/** Plans one whole trace: its size, its workflow, its run, and whether its process dies on the way. */
import type { EpochUs } from '../../core/model/time.ts';
import type { PlannedSpan, PlannedTrace } from './plan.ts';
import { planRun, LEAST_RUN } from './plan-run.ts';
import { newId, StepPlanner, type Cast } from './plan-step.ts';
import type { Prng } from './prng.ts';
import type { Outcome } from './run-ending.ts';
import { AGENT_NAMES, MODEL_NAMES, TOOL_NAMES, WORKFLOW_NAMES } from './words.ts';

/** Spans a trace: Pareto, alpha 1.25, at most 5,000; the mean is about 35. */
export const MAX_SPANS_A_TRACE = 5000;
const ALPHA = 1.25;
const LEAST = 12;

/** The size of the next trace. The law's own minimum is moved to 1, so that tiny traces come too. */
export function drawTraceSize(prng: Prng): number {
  return Math.min(MAX_SPANS_A_TRACE, Math.floor(prng.pareto(LEAST, ALPHA)) - LEAST + 1);
}

/** Plans a trace of exactly `size` spans that begins at `startUs`. */
export function planTrace(prng: Prng, startUs: EpochUs, size: number): PlannedTrace {
  const dialect = prng.chance(0.5) ? 'js' : 'python';
  const cast: Cast = {
    prng,
    dialect,
    api: prng.chance(0.8) ? 'chat' : 'responses',
    workflowName: prng.pick(WORKFLOW_NAMES),
    agents: prng.sample(AGENT_NAMES, prng.int(1, 5)),
    tools: prng.sample(TOOL_NAMES, prng.int(2, 7)),
    model: prng.pick(MODEL_NAMES),
    outcome: drawOutcome(prng),
    loops: prng.chance(0.05),
  };
  // JavaScript's clock counts milliseconds; every planned time of such a trace is a whole one.
  const spans = planSpans(cast, dialect === 'js' ? Math.ceil(startUs / 1000) * 1000 : startUs, size)
    .map((span) => (dialect === 'js' ? roundToMs(span) : span))
    .sort((a, b) => a.endUs - b.endUs);
  return {
    id: `trace_${prng.hex(32)}`,
    dialect,
    api: cast.api,
    workflowName: cast.workflowName,
    groupId: prng.chance(0.4) ? `chat_${String(prng.int(1, 9999))}` : undefined,
    metadata: prng.chance(0.5) ? { customer: `user-${String(prng.int(1, 500))}`, tier: 'gold' } : undefined,
    hasItem: !prng.chance(0.02),
    startUs,
    spans,
    crashUs: prng.chance(0.02) ? prng.pick(spans).startUs : undefined,
  };
}

function drawOutcome(prng: Prng): Outcome {
  const share = prng.next();
  return share < 0.88 ? 'ok' : share < 0.94 ? 'model-error' : share < 0.98 ? 'guardrail' : 'max-turns';
}

function planSpans(cast: Cast, startUs: EpochUs, size: number): readonly PlannedSpan[] {
  const spans: PlannedSpan[] = [];
  const steps = new StepPlanner(cast, spans);
  const voice = size >= 6 && cast.prng.chance(0.04);
  const runStartUs = voice ? planSpeech(steps, startUs) : startUs;
  const budget = size - spans.length;
  if (budget >= LEAST_RUN) planRun(steps, { parentId: undefined, startUs: runStartUs, budget, nesting: 0 });
  else steps.planExtra(undefined, startUs);
  return spans;
}

/** What a voice pipeline adds around a run: three roots and a child, planned before it. */
function planSpeech(steps: StepPlanner, startUs: EpochUs): EpochUs {
  const { prng } = steps.cast;
  const heardUs = startUs + prng.int(200_000, 2_000_000);
  steps.note(
    'transcription',
    { parentId: undefined, startUs, endUs: heardUs },
    { model: 'whisper-1', payloadBytes: 4000 },
  );
  const group = newId(prng);
  const endUs = heardUs + prng.int(100_000, 900_000);
  for (const payloadBytes of [2000, 6000]) {
    steps.note(
      'speech',
      { parentId: group, startUs: heardUs + prng.int(1000, 5000), endUs: endUs - prng.int(1000, 5000) },
      { model: 'tts-1', payloadBytes },
    );
  }
  steps.note(
    'speech_group',
    { id: group, parentId: undefined, startUs: heardUs, endUs },
    { payloadBytes: 300 },
  );
  return heardUs + 1;
}

function roundToMs(span: PlannedSpan): PlannedSpan {
  const startUs = Math.floor(span.startUs / 1000) * 1000;
  return { ...span, startUs, endUs: Math.floor(span.endUs / 1000) * 1000 };
}
