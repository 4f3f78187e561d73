/**
 * The tokens of a trace, counted once. Tasks and turns carry the sum of everything below them, so they are
 * never added to the calls of the model: the first basis that tells the whole is taken. What agents and chains
 * say counts only where nothing below them says any (`usage-leaves.ts`), and then the basis is `partial`.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { TokenBasis, TraceTokens } from '../model/trace-summary.ts';
import type { SpanTree } from './span-tree.ts';
import { findCallsBelow, findUsageLeaves, isModelCall, saysTokens } from './usage-leaves.ts';

interface Sum {
  input: number;
  output: number;
  cached: number;
  reasoning: number;
  total: number;
  /** Spans that were counted, and how many of them had usage. */
  spans: number;
  withUsage: number;
  /** How many of them said anything at all. */
  told: number;
}

const UNKNOWN: TraceTokens = {
  input: null,
  output: null,
  cached: null,
  reasoning: null,
  total: null,
  basis: 'unknown',
};

export function computeTokens(spans: SpanTable, tree: SpanTree): TraceTokens {
  const { models, tasks, turns, others } = addUp(spans, tree);
  if (isWhole(models) && others.spans === 0) return tokensOf(models, 'model-spans');
  if (isWhole(tasks)) return tokensOf(tasks, 'root-task');
  if (isWhole(turns)) return tokensOf(turns, 'turns');
  const most = [models, tasks, turns, join(models, others)].reduce((best, sum) =>
    sum.total > best.total || (best.told === 0 && sum.told > 0) ? sum : best,
  );
  return most.told === 0 ? UNKNOWN : tokensOf(most, 'partial');
}

function addUp(spans: SpanTable, tree: SpanTree): Record<'models' | 'tasks' | 'turns' | 'others', Sum> {
  const sums = { models: emptySum(), tasks: emptySum(), turns: emptySum(), others: emptySum() };
  const leaves = findUsageLeaves(spans, tree);
  const callsBelow = findCallsBelow(spans, tree);
  const inside = new Uint8Array(spans.length);
  for (const row of tree.preorder) {
    const kind = spans.columns.kind[row];
    const parent = at(tree.parent, row);
    const around = parent < 0 ? 0 : at(inside, parent);
    inside[row] = around | insideOf(spans, row);
    if (isModelCall(kind)) {
      if (callsBelow[row] === 0) addUsage(sums.models, spans, row);
    } else if (kind === KIND_CODE.task) {
      if (spans.columns.parentForm[row] === 0) addUsage(sums.tasks, spans, row);
    } else if (kind === KIND_CODE.turn) {
      if ((around & TURN) === 0) addUsage(sums.turns, spans, row);
    } else if (leaves[row] === 1 && (around & TOLD_RUN) === 0) {
      // Where a task or a turn says its sum, the SDK has counted what there was to count.
      addUsage(sums.others, spans, row);
    }
  }
  return sums;
}

const TURN = 1;
const TOLD_RUN = 2;

function insideOf(spans: SpanTable, row: number): number {
  const kind = spans.columns.kind[row];
  if (kind !== KIND_CODE.turn && kind !== KIND_CODE.task) return 0;
  return (kind === KIND_CODE.turn ? TURN : 0) | (saysTokens(spans, row) ? TOLD_RUN : 0);
}

function isWhole(sum: Sum): boolean {
  return sum.spans > 0 && sum.withUsage === sum.spans;
}

function addUsage(sum: Sum, spans: SpanTable, row: number): void {
  const c = spans.columns;
  const input = at(c.inputTokens, row);
  const output = at(c.outputTokens, row);
  const said = at(c.totalTokens, row);
  sum.spans++;
  if (input >= 0 || output >= 0 || said >= 0) sum.told++;
  // Both sides must be known for the span to count as told.
  if ((input >= 0 && output >= 0) || said >= 0) sum.withUsage++;
  sum.input = plus(sum.input, input);
  sum.output = plus(sum.output, output);
  sum.cached = plus(sum.cached, at(c.cachedTokens, row));
  sum.reasoning = plus(sum.reasoning, at(c.reasoningTokens, row));
  sum.total = plus(sum.total, input >= 0 && output >= 0 ? input + output : said);
}

function join(a: Sum, b: Sum): Sum {
  return {
    input: plus(a.input, b.input),
    output: plus(a.output, b.output),
    cached: plus(a.cached, b.cached),
    reasoning: plus(a.reasoning, b.reasoning),
    total: plus(a.total, b.total),
    spans: a.spans + b.spans,
    withUsage: a.withUsage + b.withUsage,
    told: a.told + b.told,
  };
}

/** Adds where known; -1 stays "unknown" until something is known. */
function plus(sum: number, count: number): number {
  if (count < 0) return sum;
  return sum < 0 ? count : sum + count;
}

function emptySum(): Sum {
  return { input: -1, output: -1, cached: -1, reasoning: -1, total: -1, spans: 0, withUsage: 0, told: 0 };
}

function tokensOf(sum: Sum, basis: TokenBasis): TraceTokens {
  const known = (count: number): number | null => (count < 0 ? null : count);
  return {
    input: known(sum.input),
    output: known(sum.output),
    cached: known(sum.cached),
    reasoning: known(sum.reasoning),
    total: known(sum.total),
    basis,
  };
}
