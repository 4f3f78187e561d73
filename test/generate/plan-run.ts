/**
 * Plays one run of agents as the SDK's runner does (task > agent > turn > call of the model, tools, handoffs).
 * A run uses up its budget of spans exactly, so that the law of trace sizes holds.
 */
import type { EpochUs } from '../../core/model/time.ts';
import { addUsage, NO_USAGE, type PlannedUsage } from './plan.ts';
import { newId, type Ended, type StepPlanner } from './plan-step.ts';
import { RunEnding } from './run-ending.ts';

/** What a run needs at least: its task and its agent. */
export const LEAST_RUN = 2;
/** An agent as a tool: the function span, its task, agent, turn, call. */
const LEAST_AGENT_TOOL = 5;
const MAX_NESTING = 4;

interface RunPlace {
  readonly parentId: string | undefined;
  readonly startUs: EpochUs;
  /** Spans to use, the run's own included. */
  readonly budget: number;
  /** 0 for the outermost run of a trace. */
  readonly nesting: number;
}

interface AgentPlace extends RunPlace {
  readonly agent: string;
  readonly run: RunEnding;
}

interface TurnPlace extends AgentPlace {
  /** The agent to hand off to at its end. */
  readonly target: string | undefined;
  readonly isLast: boolean;
}

/** Plans a task with all that is below it. */
export function planRun(steps: StepPlanner, place: RunPlace): Ended {
  const { prng, workflowName, agents, outcome, dialect } = steps.cast;
  const id = newId(prng);
  const run = new RunEnding(place.nesting === 0 ? outcome : 'ok', dialect);
  let left = place.budget - 1;
  let usage = NO_USAGE;
  let now = place.startUs + prng.int(20, 900);
  let agent = place.nesting === 0 ? (agents[0] ?? '') : prng.pick(agents);
  while (left > 0) {
    const ended = planAgent(steps, { ...place, parentId: id, agent, startUs: now, budget: left, run });
    left -= ended.used;
    usage = addUsage(usage, ended.usage);
    now = ended.endUs + prng.int(5, 300);
    agent = ended.next ?? agent;
  }
  steps.note(
    'task',
    { id, parentId: place.parentId, startUs: place.startUs, endUs: now },
    { name: workflowName, usage, ...run.errorOn('task') },
  );
  return { endUs: now, usage };
}

/** One agent until the budget is used or it hands off. */
function planAgent(
  steps: StepPlanner,
  place: AgentPlace,
): Ended & { readonly used: number; readonly next: string | undefined } {
  const { prng, agents, tools } = steps.cast;
  const id = newId(prng);
  const others = agents.filter((name) => name !== place.agent);
  let left = place.budget - 1;
  let usage: PlannedUsage = NO_USAGE;
  let now = place.startUs + prng.int(10, 400);
  let endUs = now;
  let next: string | undefined;
  for (let n = left > 3 && prng.chance(0.3) ? prng.int(1, 2) : 0; n > 0; n--, left--) {
    endUs = Math.max(endUs, steps.planGuardrail(id, now, false));
  }
  while (left > 0 && next === undefined) {
    if (left === 1) {
      now = steps.planExtra(id, now);
      left--;
      continue;
    }
    // A handoff leaves at least three spans to the agent that it leads to.
    next = left > 6 && others.length > 0 && prng.chance(0.14) ? prng.pick(others) : undefined;
    const budget = turnBudget(steps, place, left, next !== undefined);
    left -= budget;
    const isLast = left === 0;
    const turn = planTurn(steps, { ...place, parentId: id, startUs: now, budget, target: next, isLast });
    usage = addUsage(usage, turn.usage);
    now = turn.endUs + prng.int(5, 500);
  }
  endUs = Math.max(endUs, now);
  if (left === 0 && place.run.outcome === 'max-turns') place.run.fail();
  steps.note(
    'agent',
    { id, parentId: place.parentId, startUs: place.startUs, endUs },
    { name: place.agent, tools, handoffs: others, ...(left === 0 && place.run.errorOn('agent')) },
  );
  return { endUs, usage, used: place.budget - left, next };
}

/** How many of the `left` spans the next turn uses: itself, its call, at most its handoff, tools. */
function turnBudget(
  { cast: { prng } }: StepPlanner,
  place: AgentPlace,
  left: number,
  handsOff: boolean,
): number {
  if (handsOff) return Math.min(3 + prng.int(0, 3), left - 3);
  const nests = place.nesting < MAX_NESTING && prng.chance(0.05);
  const wanted = nests ? 2 + LEAST_AGENT_TOOL + prng.int(0, 24) : 2 + prng.int(0, 3);
  // A call that is to fail must be alone in the last turn.
  const fails = place.run.outcome === 'model-error' && left >= 4;
  return Math.min(wanted, fails ? left - 2 : left);
}

/** A call of the model, then what it asked for, side by side. */
function planTurn(steps: StepPlanner, place: TurnPlace): Ended {
  const { prng } = steps.cast;
  const { run, agent, target, isLast } = place;
  const id = newId(prng);
  let tools = place.budget - 2 - (target === undefined ? 0 : 1);
  const fails = isLast && tools === 0 && run.outcome === 'model-error';
  const call = steps.planModelCall(id, place.startUs + prng.int(10, 200), fails);
  if (fails) run.fail();
  let { usage, endUs } = call;
  while (tools > 0) {
    if (isLast && tools === 1 && run.outcome === 'guardrail') {
      endUs = steps.planGuardrail(id, endUs, true);
      run.fail();
      tools--;
    } else if (tools >= LEAST_AGENT_TOOL) {
      const budget = tools - (isLast && run.outcome === 'guardrail' ? 1 : 0);
      const nested = planAgentTool(steps, { ...place, parentId: id, startUs: call.endUs, budget });
      usage = addUsage(usage, nested.usage);
      endUs = Math.max(endUs, nested.endUs);
      tools -= budget;
    } else {
      endUs = Math.max(endUs, steps.planTool(id, call.endUs + prng.int(0, 300)));
      tools--;
    }
  }
  if (target !== undefined) {
    const startUs = endUs;
    endUs += prng.int(50, 2000);
    steps.note('handoff', { parentId: id, startUs, endUs }, { agent, target });
  }
  steps.note(
    'turn',
    { id, parentId: place.parentId, startUs: place.startUs, endUs },
    { agent, turn: run.nextTurn(), usage, ...(isLast && run.errorOn('turn')) },
  );
  return { endUs, usage };
}

/** A tool that is an agent: a function span around a whole run. */
function planAgentTool(steps: StepPlanner, place: RunPlace): Ended {
  const { prng, tools } = steps.cast;
  const id = newId(prng);
  const { parentId, startUs } = place;
  const nested = planRun(steps, {
    parentId: id,
    startUs: startUs + prng.int(50, 400),
    budget: place.budget - 1,
    nesting: place.nesting + 1,
  });
  const endUs = nested.endUs + prng.int(50, 900);
  steps.note('function', { id, parentId, startUs, endUs }, { name: prng.pick(tools), payloadBytes: 300 });
  return { endUs, usage: nested.usage };
}
