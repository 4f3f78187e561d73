/** The tokens of each call of a model, each told once: sums that tasks, turns or wrapping calls repeat are 0. */
import { at } from '../../../core/model/assert.ts';
import { KIND_CODE } from '../../../core/model/span-kind.ts';
import type { FlameModel } from './model.ts';

export function modelTokens({
  table,
  tree,
  order,
  count,
}: Pick<FlameModel, 'table' | 'tree' | 'order' | 'count'>): Float64Array {
  const { kind, inputTokens, outputTokens, totalTokens } = table.columns;
  const tokens = new Float64Array(count);
  const toldBelow = new Uint8Array(count);
  // Backwards, so that each call is settled before what wraps it.
  for (let i = order.length - 1; i >= 0; i--) {
    const span = at(order, i);
    const calls = kind[span] === KIND_CODE.generation || kind[span] === KIND_CODE.response;
    const [input, output, total] = [at(inputTokens, span), at(outputTokens, span), at(totalTokens, span)];
    const said = input >= 0 && output >= 0 ? input + output : Math.max(total, input, output);
    const told = toldBelow[span] === 1;
    if (calls && !told && said > 0) tokens[span] = said;
    const parent = at(tree.parent, span);
    if (parent >= 0 && (told || (calls && said >= 0))) toldBelow[parent] = 1;
  }
  return tokens;
}
