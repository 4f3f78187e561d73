/**
 * What a trace does not tell, and what about it cannot be true: so that nobody trusts a sum that lacks half of
 * its parts. Judged from columns and the summary alone, never from payloads.
 */
import { at } from '../model/assert.ts';
import { MAX_FINDING_SPANS, type Finding } from '../model/finding.ts';
import type { Severity } from '../model/diagnostic.ts';
import { SpanFlag } from '../model/span-row.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { TraceSummary } from '../model/trace-summary.ts';
import { makeFinding, type CompletenessCode } from './completeness-messages.ts';
import { makeRowTests, type RowTest } from './completeness-tests.ts';
import type { SpanTree } from './span-tree.ts';
import { findCallsBelow, isModelCall } from './usage-leaves.ts';

/** The gravest first. `spans` are folded and linked, `summary` is of them. Linear in the spans. */
export function computeCompleteness(
  spans: SpanTable,
  tree: SpanTree,
  summary: TraceSummary,
): readonly Finding[] {
  const findings = [
    ...judgeTrace(tree, summary),
    ...judgeCalls(spans, tree, summary),
    ...makeRowTests(spans, tree).flatMap((test) => judgeRows(spans, tree, summary, test)),
  ];
  return findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Names that the SDKs give where a program gives none. */
const PLAIN_WORKFLOW = /^(agent workflow|trace|workflow|default|unnamed|)$/i;
/** So many short custom spans are a habit, not a few quick steps. */
const MANY_TINY = 1000;

function judgeTrace(tree: SpanTree, summary: TraceSummary): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (code: CompletenessCode, count = 0): void => void findings.push(makeFinding(code, [], count));
  if (summary.spans === 0) add('no-spans');
  if (tree.cycles > 0) add('parent-cycle', tree.cycles);
  if (PLAIN_WORKFLOW.test(summary.workflowName.trim())) add('plain-workflow');
  if (summary.groupId === null && Object.keys(summary.metadata).length === 0) add('no-metadata');
  return findings;
}

/** Calls that failed have no usage to tell, and a call that wraps another tells it there. */
function judgeCalls(spans: SpanTable, tree: SpanTree, { tokens }: TraceSummary): readonly Finding[] {
  const { kind, flags, model, inputTokens, outputTokens, totalTokens } = spans.columns;
  const wraps = findCallsBelow(spans, tree);
  const without = { usage: new RowSample(spans), model: new RowSample(spans) };
  let calls = 0;
  for (const row of tree.preorder) {
    if (!isModelCall(kind[row]) || wraps[row] === 1) continue;
    const isOver = (at(flags, row) & (SpanFlag.ended | SpanFlag.error)) === SpanFlag.ended;
    if (!isOver) continue;
    calls++;
    const isTold = (at(inputTokens, row) >= 0 && at(outputTokens, row) >= 0) || at(totalTokens, row) >= 0;
    if (!isTold) without.usage.add(row);
    if (model[row] === 0) without.model.add(row);
  }
  const isSummed = tokens.basis === 'root-task' || tokens.basis === 'turns';
  return [
    ...without.usage.tell(isSummed ? 'no-usage-but-sum' : 'no-usage', calls),
    ...without.model.tell('no-model', calls),
  ];
}

function judgeRows(
  spans: SpanTable,
  tree: SpanTree,
  summary: TraceSummary,
  { code, applies }: RowTest,
): readonly Finding[] {
  // A trace that is under way has open spans because it is.
  if (code === 'open-spans' && summary.status === 'in_progress' && summary.origins.includes('live'))
    return [];
  const sample = new RowSample(spans);
  for (const row of tree.preorder) if (applies(row)) sample.add(row);
  return code === 'tiny-spans' && sample.count < MANY_TINY ? [] : sample.tell(code);
}

/** Counts rows, and keeps the ids of the first. */
class RowSample {
  readonly #spans: SpanTable;
  readonly #ids: string[] = [];
  count = 0;

  constructor(spans: SpanTable) {
    this.#spans = spans;
  }

  add(row: number): void {
    if (this.count++ < MAX_FINDING_SPANS) this.#ids.push(this.#spans.spanId(row));
  }

  tell(code: CompletenessCode, of?: number): readonly Finding[] {
    return this.count === 0 ? [] : [makeFinding(code, this.#ids, this.count, of)];
  }
}
