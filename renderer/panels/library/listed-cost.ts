/** The cost of a trace in its row: short, and with what is not in it when somebody points there. */
import type { ListedCost } from '../../../core/store/row-costs.ts';
import { formatExactUsd, formatUsd } from '../../format/cost.ts';
import { formatCount } from '../../format/count.ts';

export interface CostCell {
  readonly text: string;
  readonly title: string;
  readonly isKnown: boolean;
}

export function listedCost(cost: ListedCost | undefined): CostCell {
  if (cost === undefined) return { text: '', title: 'The host is asked what it costs', isKnown: false };
  const { usd, unpricedCalls, isStale } = cost;
  const lines = [
    usd === undefined ? 'No call could be priced' : `An estimate: ${formatExactUsd(usd)}`,
    ...(unpricedCalls > 0
      ? [`Not in it: ${formatCount(unpricedCalls)} ${unpricedCalls === 1 ? 'call' : 'calls'} without a price`]
      : []),
    ...(isStale ? ['Prices or the trace have changed: it is reckoned anew'] : []),
  ];
  const isPart = usd !== undefined && unpricedCalls > 0;
  return {
    text: usd === undefined ? '–' : `${formatUsd(usd)}${isPart ? '+' : ''}`,
    title: lines.join('\n'),
    isKnown: usd !== undefined,
  };
}
