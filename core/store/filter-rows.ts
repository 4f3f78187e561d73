/** Which conditions each trace fails: one bit a condition, so that facets can leave out their own. */
import { conjunctsOf } from '../query/edit-query.ts';
import type { FieldName } from '../query/query-fields.ts';
import type { QueryNode } from '../query/query-tree.ts';
import type { Facet } from './library-query.ts';
import { matchRows, type MatchContext } from './match-rows.ts';
import type { SummaryColumns } from './summary-columns.ts';

/** `rest`: what stands in no facet. */
export const CONDITION: Readonly<Record<Facet | 'rest' | 'time' | 'errors' | 'none', number>> = {
  status: 1,
  workflow: 2,
  agent: 4,
  model: 8,
  origin: 16,
  rest: 32,
  time: 64,
  errors: 128,
  none: 0,
};

const CONDITION_OF: Readonly<Partial<Record<FieldName, number>>> = {
  status: CONDITION.status,
  workflow: CONDITION.workflow,
  agent: CONDITION.agent,
  model: CONDITION.model,
  source: CONDITION.origin,
  started: CONDITION.time,
  error: CONDITION.errors,
  errors: CONDITION.errors,
};

/** The bits of every row; those of rows without a trace say nothing. */
export function failedConditions(traces: SummaryColumns, tree: QueryNode, context: MatchContext): Uint8Array {
  const failed = new Uint8Array(traces.rows);
  for (const part of conjunctsOf(tree)) {
    const condition = conditionOf(part);
    const matched = matchRows(traces, part, context);
    for (let row = 0; row < matched.length; row++) {
      if (matched[row] === 0) failed[row] = (failed[row] ?? 0) | condition;
    }
  }
  return failed;
}

/** Whose condition it is: a facet's where it speaks of nothing else. */
function conditionOf(node: QueryNode): number {
  switch (node.kind) {
    case 'field':
      return CONDITION_OF[node.field] ?? CONDITION.rest;
    case 'not':
      return conditionOf(node.part);
    case 'and':
    case 'or': {
      const [first = CONDITION.rest, ...others] = node.parts.map(conditionOf);
      return others.every((other) => other === first) ? first : CONDITION.rest;
    }
    default:
      return CONDITION.rest;
  }
}
