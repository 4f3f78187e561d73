/**
 * What each span of a trace costs, from its columns alone, and what that comes to. Only spans whose tokens count
 * (`findUsageLeaves`) have a cost; what cannot be priced is listed and never counted as free.
 */
import { at } from '../../model/assert.ts';
import type { SpanTable } from '../../model/span-table.ts';
import type { EpochUs } from '../../model/time.ts';
import type { SpanTree } from '../span-tree.ts';
import { findCallsBelow, findUsageLeaves, isModelCall, saysTokens } from '../usage-leaves.ts';
import { computeCost, type CallTokens, type CostEstimate, type Unpriced } from './compute-cost.ts';
import type { PriceBook } from './price-book.ts';

export interface SpanCosts {
  /** US dollars by row; NaN where the span has none of its own or it is unknown. */
  readonly usd: Float64Array;
  /** The same with all that stands below the span; NaN where nothing there has a cost. */
  readonly wholeUsd: Float64Array;
  readonly sum: CostSum;
}

export interface CostSum {
  /** Of what could be priced; undefined where nothing could. */
  readonly usd: number | undefined;
  readonly pricedCalls: number;
  /** The true cost is higher by these, the most frequent first. */
  readonly unpriced: readonly UnpricedCalls[];
  /** By which prices (`PriceBook.id`): with others the figures are stale. */
  readonly prices: string;
}

export interface UnpricedCalls {
  /** Undefined: the span names none. */
  readonly model: string | undefined;
  readonly reason: Unpriced;
  readonly calls: number;
}

export function computeSpanCosts(table: SpanTable, tree: SpanTree, book: PriceBook): SpanCosts {
  const leaves = findUsageLeaves(table, tree);
  const isAsked = findAsked(table, tree, leaves);
  const usd = new Float64Array(table.length).fill(Number.NaN);
  const unpriced = new Map<string, UnpricedCalls>();
  let [total, pricedCalls] = [0, 0];
  for (let row = 0; row < table.length; row++) {
    if (isAsked[row] === 0) continue;
    const cost = estimateSpan(table, row, book);
    if (typeof cost === 'string') {
      const model = table.text('model', row);
      const key = `${cost} ${model ?? ''}`;
      unpriced.set(key, { model, reason: cost, calls: (unpriced.get(key)?.calls ?? 0) + 1 });
      continue;
    }
    usd[row] = cost.usd;
    total += cost.usd;
    pricedCalls++;
  }
  const sum = {
    usd: pricedCalls === 0 ? undefined : total,
    pricedCalls,
    unpriced: [...unpriced.values()].sort((a, b) => b.calls - a.calls),
    prices: book.id,
  };
  return { usd, wholeUsd: addUpwards(tree, usd), sum };
}

function addUpwards(tree: SpanTree, usd: Float64Array): Float64Array {
  const whole = usd.slice();
  // Children stand behind their parents in preorder, so going backwards each is whole before its parent.
  for (let i = tree.preorder.length - 1; i >= 0; i--) {
    const row = at(tree.preorder, i);
    const parent = at(tree.parent, row);
    const below = at(whole, row);
    if (parent >= 0 && !Number.isNaN(below)) whole[parent] = (at(whole, parent) || 0) + below;
  }
  return whole;
}

/** A call as it is priced. */
export interface PricedCall {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** When it was made; NaN where nobody knows. */
  readonly atUs: EpochUs;
  readonly tokens: CallTokens;
}

/** The cost of one row as if it counted, with what it was made from. */
export function estimateSpan(table: SpanTable, row: number, book: PriceBook): CostEstimate | Unpriced {
  const { model, provider, atUs, tokens } = readCall(table, row);
  if (model === undefined) return 'no-model';
  const price = book.choose(model, provider, atUs);
  return price === undefined ? 'unknown-model' : computeCost(tokens, price);
}

export function readCall(table: SpanTable, row: number): PricedCall {
  const { startUs, endUs } = table.columns;
  const startedUs = at(startUs, row);
  return {
    model: table.text('model', row),
    provider: table.text('provider', row),
    atUs: Number.isNaN(startedUs) ? at(endUs, row) : startedUs,
    tokens: readTokens(table, row),
  };
}

function readTokens({ columns: c }: SpanTable, row: number): CallTokens {
  return {
    input: known(at(c.inputTokens, row)),
    output: known(at(c.outputTokens, row)),
    total: known(at(c.totalTokens, row)),
    cacheRead: known(at(c.cachedTokens, row)),
    cacheWrite: known(at(c.cacheWriteTokens, row)),
    reasoning: known(at(c.reasoningTokens, row)),
  };
}

function known(count: number): number | undefined {
  return count < 0 ? undefined : count;
}

/** By row: 1 for leaves, and for calls that say no tokens where nothing around or below them tells them. */
export function findAsked(table: SpanTable, tree: SpanTree, leaves: Uint8Array): Uint8Array {
  const callsBelow = findCallsBelow(table, tree);
  const asked = leaves.slice();
  const isTold = new Uint8Array(table.length);
  for (const row of tree.preorder) {
    const parent = at(tree.parent, row);
    if (leaves[row] === 1 || (parent >= 0 && isTold[parent] === 1)) isTold[row] = 1;
    else if (isModelCall(table.columns.kind[row]) && callsBelow[row] === 0 && !saysTokens(table, row)) {
      asked[row] = 1;
    }
  }
  return asked;
}
