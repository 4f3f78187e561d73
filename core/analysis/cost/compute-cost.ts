/**
 * What one call of a model costs, with all it was made from. The input holds up to three kinds of tokens, each
 * with a price of its own, and emitters report it in two ways:
 *
 *   inclusive   input ├ uncached ┼ read ┼ write ┤        uncached = input − read − write
 *   exclusive   input ├ uncached ┤ read, write beside    uncached = input
 *
 * Reasoning is part of the output and costs the same, unless the table has a price for it.
 */
import { judgeAccounting, type CacheAccounting } from '../../model/cache-accounting.ts';
import type { ChosenPrice } from './price-book.ts';
import type { Rate, RateName } from './price-table.ts';

/** Counts of one call as they were reported; undefined: not said. */
export interface CallTokens {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

export interface CostPart {
  readonly what: RateName;
  /** Tokens; of `request`, calls. */
  readonly count: number;
  /** US dollars for `per` of them. */
  readonly rateUsd: number;
  readonly per: 1_000_000 | 1_000;
  readonly usd: number;
  /** There is no price for this kind, so that of the input or the output holds. */
  readonly isFallback: boolean;
}

export interface CostEstimate {
  readonly usd: number;
  /** In the order of input, output; only what was there. Their sum is `usd`. */
  readonly parts: readonly CostPart[];
  readonly accounting: CacheAccounting;
  readonly price: ChosenPrice;
}

/** Why there is no figure. A price for one side alone is none for a call that has both. */
export type Unpriced = 'no-model' | 'unknown-model' | 'unknown-tokens' | 'no-rate';

/** `accounting` where it is known; else the counts themselves tell. */
export function computeCost(
  tokens: CallTokens,
  price: ChosenPrice,
  accounting: CacheAccounting = settleAccounting(tokens),
): CostEstimate | Unpriced {
  const { rates } = price.dated;
  const billed = splitTokens(tokens, accounting);
  const context = billed.input + billed.cacheRead + billed.cacheWrite;
  if (rates.input === undefined) return 'no-rate';
  if (tokens.input === undefined) return 'unknown-tokens';
  // Models that answer nothing, such as embeddings, have no price of output, and their calls tell none.
  if (tokens.output === undefined && rates.output !== undefined && rates.output.usd > 0)
    return 'unknown-tokens';
  if (billed.output + billed.reasoning > 0 && rates.output === undefined) return 'no-rate';
  const parts: CostPart[] = [];
  const add = (what: RateName, count: number, fallback: Rate | undefined): void => {
    const rate = rates[what] ?? fallback;
    if (count === 0 || rate === undefined) return;
    const per = what === 'request' ? 1_000 : 1_000_000;
    const rateUsd = rateAt(rate, context);
    const isFallback = rates[what] === undefined;
    parts.push({ what, count, rateUsd, per, usd: (count * rateUsd) / per, isFallback });
  };
  add('input', billed.input, undefined);
  add('cacheRead', billed.cacheRead, rates.input);
  add('cacheWrite', billed.cacheWrite, rates.input);
  add('output', billed.output, undefined);
  add('reasoning', billed.reasoning, rates.output);
  add('request', 1, undefined);
  return { usd: parts.reduce((sum, { usd }) => sum + usd, 0), parts, accounting, price };
}

/** How the counts were made, told by the counts themselves. */
export function settleAccounting({
  input,
  output,
  total,
  cacheRead,
  cacheWrite,
}: CallTokens): CacheAccounting {
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  return judgeAccounting({ input, output, total, cached }, 'inclusive');
}

/** Each token once. More in a part than there is in the whole is a lie of the emitter and ends at the whole. */
export function splitTokens(
  tokens: CallTokens,
  { mode }: CacheAccounting,
): Record<'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning', number> {
  const said = tokens.input ?? 0;
  const isInclusive = mode === 'inclusive';
  const cacheRead = isInclusive ? Math.min(tokens.cacheRead ?? 0, said) : (tokens.cacheRead ?? 0);
  const left = isInclusive ? said - cacheRead : said;
  const cacheWrite = isInclusive ? Math.min(tokens.cacheWrite ?? 0, left) : (tokens.cacheWrite ?? 0);
  const made = tokens.output ?? 0;
  const reasoning = Math.min(tokens.reasoning ?? 0, made);
  return {
    input: isInclusive ? left - cacheWrite : said,
    cacheRead,
    cacheWrite,
    output: made - reasoning,
    reasoning,
  };
}

/** The highest tier that a call of so much input reaches holds for all of it. */
function rateAt({ usd, tiers }: Rate, context: number): number {
  return tiers.findLast(({ above }) => context > above)?.usd ?? usd;
}
