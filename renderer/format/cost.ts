/** Costs in words. What is unknown is never shown as $0, and an estimate says by which prices it was made. */
import type { CostEstimate, CostPart, Unpriced } from '../../core/analysis/cost/compute-cost.ts';
import type { PriceBook } from '../../core/analysis/cost/price-book.ts';
import type { RateName } from '../../core/analysis/cost/price-table.ts';
import type { CostSum } from '../../core/analysis/cost/span-costs.ts';
import { formatCount } from './count.ts';

const WHOLE = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SMALL = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
const EXACT = new Intl.NumberFormat('en', { maximumFractionDigits: 9 });

/** `$1,204.50`, `$0.0072`: two digits that count. */
export function formatUsd(usd: number): string {
  if (usd > 0 && usd < 0.000_001) return '< $0.000001';
  if (usd === 0) return '$0';
  return `$${(usd >= 0.995 ? WHOLE : SMALL).format(usd)}`;
}

/** To a billionth. */
export function formatExactUsd(usd: number): string {
  return `$${EXACT.format(usd)}`;
}

const WHAT: Readonly<Record<RateName, string>> = {
  input: 'in',
  cacheRead: 'cached',
  cacheWrite: 'written to the cache',
  output: 'out',
  reasoning: 'reasoning',
  request: 'request',
};

/** How a figure came about, one line a step: tokens by price, whose price, from when, how the cache was counted. */
export function explainCost(estimate: CostEstimate, book: PriceBook): readonly string[] {
  const { provider, model, dated, isOwn } = estimate.price;
  const when =
    dated.when === undefined
      ? ''
      : dated.when.kind === 'since'
        ? `, in force since ${dated.when.date}`
        : `, from ${dated.when.text}`;
  const isCached = estimate.parts.some(({ what }) => what === 'cacheRead' || what === 'cacheWrite');
  return [
    `${estimate.parts.map(partWords).join(' + ')} = ${formatExactUsd(estimate.usd)}`,
    isOwn
      ? `Your own price of ${model.id}${when}`
      : `${provider.name}’s price of ${model.id}${when}, by prices of ${book.date}`,
    ...(isCached ? [accountingWords(estimate)] : []),
  ];
}

function partWords({ what, count, rateUsd, per, isFallback }: CostPart): string {
  const unit = per === 1_000_000 ? 'a million' : 'a thousand';
  const whose = isFallback && what !== 'reasoning' ? ', as other input' : '';
  return `${formatCount(count)} ${WHAT[what]} × $${EXACT.format(rateUsd)} ${unit}${whose}`;
}

function accountingWords({ accounting: { mode, reason } }: CostEstimate): string {
  const how = mode === 'inclusive' ? 'The cache is part of the input' : 'The cache stands beside the input';
  return reason === '' ? how : `${how}: ${reason}`;
}

const WHY: Readonly<Record<Unpriced, string>> = {
  'no-model': 'the trace does not say the model',
  'unknown-model': 'no price is known',
  'unknown-tokens': 'the tokens are not said',
  'no-rate': 'its tokens have no price',
};

/** Why there is no figure, as a part of a sentence. */
export function describeUnpriced(reason: Unpriced): string {
  return WHY[reason];
}

/** All that is known about the cost of a trace, one line each. */
export function describeCost({ usd, pricedCalls, unpriced }: CostSum, book: PriceBook): string {
  const lines = unpriced.map(
    ({ model, reason, calls }) => `Not in it: ${calledTimes(calls)} of ${model ?? 'a model'}, ${WHY[reason]}`,
  );
  const what =
    usd === undefined
      ? 'Unknown: no call could be priced'
      : `An estimate of ${calledTimes(pricedCalls)}, ${formatExactUsd(usd)}`;
  return [what, ...lines.slice(0, 8), `By prices of ${book.date} (${book.id})`].join('\n');
}

function calledTimes(calls: number): string {
  return `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`;
}
