/**
 * The tokens of a trace, counted once. Tasks and turns carry the sum of everything below them, so they are
 * never added to the calls of the model: the first basis that tells the whole is taken.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE, type KindCode } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { TokenBasis, TraceTokens } from '../model/trace-summary.ts';
import type { SpanTree } from './span-tree.ts';

interface Sum {
  input: number;
  output: number;
  cached: number;
  reasoning: number;
  total: number;
  /** Spans that were counted, and how many of them had usage. */
  spans: number;
  withUsage: number;
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
  const models = emptySum();
  const tasks = emptySum();
  const turns = emptySum();
  const belowTurn = new Uint8Array(spans.length);
  const toldBelow = findToldBelow(spans, tree);
  for (const row of tree.preorder) {
    const kind = spans.columns.kind[row];
    const parent = at(tree.parent, row);
    const insideTurn = parent >= 0 && belowTurn[parent] === 1;
    belowTurn[row] = insideTurn || kind === KIND_CODE.turn ? 1 : 0;
    if (isModelCall(kind)) {
      // A call that wraps another, as two instrumentations of one client do, tells the same tokens again.
      if (toldBelow[row] === 0) addUsage(models, spans, row);
    }
    if (kind === KIND_CODE.task && spans.columns.parentForm[row] === 0) addUsage(tasks, spans, row);
    else if (kind === KIND_CODE.turn && !insideTurn) addUsage(turns, spans, row);
  }
  if (isWhole(models)) return tokensOf(models, 'model-spans');
  if (isWhole(tasks)) return tokensOf(tasks, 'root-task');
  if (isWhole(turns)) return tokensOf(turns, 'turns');
  const most = [models, tasks, turns].reduce((best, sum) => (sum.total > best.total ? sum : best));
  return most.withUsage === 0 ? UNKNOWN : tokensOf(most, 'partial');
}

function isModelCall(kind: KindCode | undefined): boolean {
  return kind === KIND_CODE.generation || kind === KIND_CODE.response;
}

/** 1 for every span with a model call below it that says its tokens. */
function findToldBelow(spans: SpanTable, tree: SpanTree): Uint8Array {
  const { kind, inputTokens, outputTokens, totalTokens } = spans.columns;
  const told = new Uint8Array(spans.length);
  // Children stand behind their parents in preorder, so going backwards each is settled before its parent.
  for (let i = tree.preorder.length - 1; i >= 0; i--) {
    const row = at(tree.preorder, i);
    const parent = at(tree.parent, row);
    if (parent < 0) continue;
    const says = at(inputTokens, row) >= 0 || at(outputTokens, row) >= 0 || at(totalTokens, row) >= 0;
    if (told[row] === 1 || (isModelCall(kind[row]) && says)) told[parent] = 1;
  }
  return told;
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
  // Both sides must be known for the span to count as told.
  if ((input >= 0 && output >= 0) || said >= 0) sum.withUsage++;
  sum.input = plus(sum.input, input);
  sum.output = plus(sum.output, output);
  sum.cached = plus(sum.cached, at(c.cachedTokens, row));
  sum.reasoning = plus(sum.reasoning, at(c.reasoningTokens, row));
  sum.total = plus(sum.total, input >= 0 && output >= 0 ? input + output : said);
}

/** Adds where known; -1 stays "unknown" until something is known. */
function plus(sum: number, count: number): number {
  if (count < 0) return sum;
  return sum < 0 ? count : sum + count;
}

function emptySum(): Sum {
  return { input: -1, output: -1, cached: -1, reasoning: -1, total: -1, spans: 0, withUsage: 0 };
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
