/** Whose span it is: the agent it names, or the nearest agent above it. */
import { at } from '../../../core/model/assert.ts';
import { KIND_CODE } from '../../../core/model/span-kind.ts';
import type { FlameModel } from '../../charts/flame/model.ts';

export function agentOf({ table, tree }: FlameModel, row: number): string | undefined {
  for (let span = row; span >= 0; span = at(tree.parent, span)) {
    const named = table.text('agent', span);
    if (named !== undefined && (span === row || table.columns.kind[span] !== KIND_CODE.handoff)) return named;
    if (table.columns.kind[span] === KIND_CODE.agent) return table.name(span);
  }
  return undefined;
}
