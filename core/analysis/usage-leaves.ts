/**
 * Whose tokens count. Agents, turns, tasks and chains repeat the sum of what stands below them, so of each
 * branch only the lowest that says tokens is counted:
 *
 *   task        900        repeats
 *     agent     900        repeats
 *       gpt-5   600  ←     counted
 *       gpt-5   300  ←     counted
 *   agent       200  ←     counted: nothing below it says any
 *     gpt-5       ?
 *
 * A model's call is never repeated by its tools or steps below, only by another call of a model: two
 * instrumentations of one client do so.
 */
import { at } from '../model/assert.ts';
import { KIND_CODE, type KindCode } from '../model/span-kind.ts';
import type { SpanTable } from '../model/span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** By row: 1 where the span's own tokens are counted, so that nothing is counted twice. */
export function findUsageLeaves(spans: SpanTable, tree: SpanTree): Uint8Array {
  const { kind } = spans.columns;
  const below = findToldBelow(spans, tree);
  const insideCall = new Uint8Array(spans.length);
  const leaves = new Uint8Array(spans.length);
  for (const row of tree.preorder) {
    const parent = at(tree.parent, row);
    const isCall = isModelCall(kind[row]);
    const says = saysTokens(spans, row);
    const isInside = parent >= 0 && insideCall[parent] === 1;
    if (isInside || (isCall && says)) insideCall[row] = 1;
    if (!says) continue;
    leaves[row] = Number(isCall ? (at(below, row) & MODEL) === 0 : !isInside && below[row] === 0);
  }
  return leaves;
}

/** By row: 1 where a call of a model below says its tokens. */
export function findCallsBelow(spans: SpanTable, tree: SpanTree): Uint8Array {
  return findToldBelow(spans, tree).map((told) => Number((told & MODEL) !== 0));
}

export function isModelCall(kind: KindCode | undefined): boolean {
  return kind === KIND_CODE.generation || kind === KIND_CODE.response;
}

export function saysTokens({ columns }: SpanTable, row: number): boolean {
  return (
    at(columns.inputTokens, row) >= 0 ||
    at(columns.outputTokens, row) >= 0 ||
    at(columns.totalTokens, row) >= 0
  );
}

const ANY = 1;
const MODEL = 2;

function findToldBelow(spans: SpanTable, tree: SpanTree): Uint8Array {
  const told = new Uint8Array(spans.length);
  // Children stand behind their parents in preorder, so going backwards each is settled before its parent.
  for (let i = tree.preorder.length - 1; i >= 0; i--) {
    const row = at(tree.preorder, i);
    const parent = at(tree.parent, row);
    if (parent < 0) continue;
    const own = !saysTokens(spans, row) ? 0 : isModelCall(spans.columns.kind[row]) ? ANY | MODEL : ANY;
    told[parent] = at(told, parent) | at(told, row) | own;
  }
  return told;
}
