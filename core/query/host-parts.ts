/** Which parts of a query the list of the page cannot answer by itself: the host is asked for those alone. */
import { assertNever } from '../model/assert.ts';
import { getField } from './find-field.ts';
import type { FieldCondition, QueryNode, SpanCondition } from './query-tree.ts';
import { writeQuery } from './write-query.ts';

export function isAskedOfHost(node: QueryNode): node is FieldCondition | SpanCondition {
  return node.kind === 'span' || (node.kind === 'field' && !isListed(node));
}

function isListed({ field }: FieldCondition): boolean {
  const { trace } = getField(field);
  return trace === 'columns' || trace === 'costs';
}

/** Whether it asks what whole traces cost. */
export function asksCost(tree: QueryNode): boolean {
  switch (tree.kind) {
    case 'all':
    case 'text':
    case 'span':
      return false;
    case 'field':
      return getField(tree.field).trace === 'costs';
    case 'not':
      return asksCost(tree.part);
    case 'and':
    case 'or':
      return tree.parts.some(asksCost);
    default:
      return assertNever(tree);
  }
}

/** Their texts, each once. */
export function hostParts(tree: QueryNode): readonly string[] {
  const parts = new Set<string>();
  const open: QueryNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isAskedOfHost(node)) parts.add(writeQuery(node));
    else if (node.kind === 'not') open.push(node.part);
    else if (node.kind === 'and' || node.kind === 'or') open.push(...node.parts);
  }
  return [...parts].sort();
}

/** Whether an answer needs the spans of each trace, not only what is known of it. */
export function needsSpans(tree: QueryNode): boolean {
  switch (tree.kind) {
    case 'all':
    case 'text':
      return false;
    case 'span':
      return true;
    case 'field':
      return ['spans', 'costs'].includes(getField(tree.field).trace ?? '');
    case 'not':
      return needsSpans(tree.part);
    case 'and':
    case 'or':
      return tree.parts.some(needsSpans);
    default:
      return assertNever(tree);
  }
}
