/** The tokens that are known of a reported trace: all calls of models, else the root task, else the turns. */
import type { TokenBasis, TraceTokens } from '../../core/model/trace-summary.ts';
import { addUsage, NO_USAGE } from './plan.ts';
import { ancestors, type ReportedSpan } from './reported.ts';

const UNKNOWN: TraceTokens = {
  input: null,
  output: null,
  cached: null,
  reasoning: null,
  total: null,
  basis: 'unknown',
};

/** Applies the contract's rule of tokens to what is told of a plan. */
export function tellTokens(
  spans: readonly ReportedSpan[],
  byId: ReadonlyMap<string, ReportedSpan>,
): TraceTokens {
  const calls = spans.filter(({ span }) => span.kind === 'generation' || span.kind === 'response');
  const rootTasks = spans.filter(({ span }) => span.kind === 'task' && span.parentId === undefined);
  const turns = spans.filter(
    (reported) =>
      reported.span.kind === 'turn' && ancestors(reported, byId).every(({ span }) => span.kind !== 'turn'),
  );
  const groups: readonly (readonly [readonly ReportedSpan[], TokenBasis])[] = [
    [calls, 'model-spans'],
    [rootTasks, 'root-task'],
    [turns, 'turns'],
  ];
  for (const [group, basis] of groups) {
    if (group.length > 0 && group.every(({ usage }) => usage !== undefined)) return sum(group, basis);
  }
  return groups
    .map(([group]) => sum(group, 'partial'))
    .reduce((most, next) => ((next.total ?? -1) > (most.total ?? -1) ? next : most));
}

function sum(group: readonly ReportedSpan[], basis: TokenBasis): TraceTokens {
  const told = group.filter(({ usage }) => usage !== undefined);
  if (told.length === 0) return UNKNOWN;
  const { input, output, cached, reasoning } = told.reduce(
    (total, { usage }) => addUsage(total, usage ?? NO_USAGE),
    NO_USAGE,
  );
  // Tasks and turns carry no reasoning tokens.
  const runs = told.some(({ span }) => span.kind === 'task' || span.kind === 'turn');
  return { input, output, cached, reasoning: runs ? null : reasoning, total: input + output, basis };
}
