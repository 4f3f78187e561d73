/**
 * What stored calls would cost under another model, or if a cache had answered another share of their input. A call
 * that has no price on one of the two sides is in neither sum and listed: the sums compare the same calls.
 */
import { at } from '../../model/assert.ts';
import type { SpanTable } from '../../model/span-table.ts';
import type { SpanTree } from '../span-tree.ts';
import { findUsageLeaves } from '../usage-leaves.ts';
import {
  computeCost,
  settleAccounting,
  splitTokens,
  type CallTokens,
  type CostEstimate,
  type Unpriced,
} from './compute-cost.ts';
import type { PriceBook } from './price-book.ts';
import { findAsked, readCall, type PricedCall } from './span-costs.ts';

export interface WhatIfRule {
  readonly models: readonly {
    /** Undefined: every model. */
    readonly from: string | undefined;
    readonly to: string;
    readonly provider: string | undefined;
  }[];
  /** 0 to 1; undefined: as it was. */
  readonly cacheHitRate: number | undefined;
}

export interface WhatIfSum {
  readonly model: string;
  readonly becomes: string;
  calls: number;
  inputTokens: number;
  cachedTokens: number;
  cachedTokensAfter: number;
  outputTokens: number;
  oldUsd: number;
  newUsd: number;
}

export interface WhatIfLeftOut {
  /** Undefined: the span names none. */
  readonly model: string | undefined;
  readonly becomes: string;
  readonly side: 'before' | 'after';
  readonly reason: Unpriced;
  calls: number;
}

/** Adds up trace after trace. */
export class WhatIfTally {
  readonly #rule: WhatIfRule;
  readonly #book: PriceBook;
  readonly #sums = new Map<string, WhatIfSum>();
  readonly #leftOut = new Map<string, WhatIfLeftOut>();
  #traces = 0;

  constructor(rule: WhatIfRule, book: PriceBook) {
    this.#rule = rule;
    this.#book = book;
  }

  add(table: SpanTable, tree: SpanTree): void {
    this.#traces++;
    const asked = findAsked(table, tree, findUsageLeaves(table, tree));
    for (let row = 0; row < table.length; row++) {
      if (at(asked, row) === 1) this.#addCall(readCall(table, row));
    }
  }

  get traces(): number {
    return this.#traces;
  }

  /** By model, the dearest before first. */
  get sums(): readonly WhatIfSum[] {
    return [...this.#sums.values()].sort((a, b) => b.oldUsd - a.oldUsd);
  }

  /** The most frequent first. */
  get leftOut(): readonly WhatIfLeftOut[] {
    return [...this.#leftOut.values()].sort((a, b) => b.calls - a.calls);
  }

  #addCall(call: PricedCall): void {
    const change = this.#rule.models.find(({ from }) => from === undefined || isSame(from, call.model));
    const other: PricedCall = {
      ...call,
      ...(change !== undefined && { model: change.to, provider: change.provider }),
      tokens: this.#otherTokens(call.tokens),
    };
    const before = this.#price(call);
    const after = this.#price(other);
    const becomes = other.model ?? '';
    if (typeof before === 'string') this.#leaveOut(call.model, becomes, 'before', before);
    else if (typeof after === 'string') this.#leaveOut(call.model, becomes, 'after', after);
    else this.#count(call, becomes, before, after);
  }

  #price({ model, provider, atUs, tokens }: PricedCall): CostEstimate | Unpriced {
    if (model === undefined) return 'no-model';
    const price = this.#book.choose(model, provider, atUs);
    return price === undefined ? 'unknown-model' : computeCost(tokens, price);
  }

  /** The whole input stays as it was; what a cache does not answer and was not written to one is read anew. */
  #otherTokens(tokens: CallTokens): CallTokens {
    const { cacheHitRate } = this.#rule;
    if (cacheHitRate === undefined || tokens.input === undefined) return tokens;
    const { input, cacheRead, cacheWrite } = splitTokens(tokens, settleAccounting(tokens));
    const whole = input + cacheRead + cacheWrite;
    const read = whole * cacheHitRate;
    // Told as a part of the input, and without a sum that might say otherwise.
    return {
      ...tokens,
      input: whole,
      total: whole + (tokens.output ?? 0),
      cacheRead: read,
      cacheWrite: Math.min(cacheWrite, whole - read),
    };
  }

  #leaveOut(model: string | undefined, becomes: string, side: 'before' | 'after', reason: Unpriced): void {
    const key = JSON.stringify([model ?? null, becomes, side, reason]);
    const known = this.#leftOut.get(key);
    if (known === undefined) this.#leftOut.set(key, { model, becomes, side, reason, calls: 1 });
    else known.calls++;
  }

  #count(call: PricedCall, becomes: string, before: CostEstimate, after: CostEstimate): void {
    const model = call.model ?? '';
    const key = JSON.stringify([model, becomes]);
    const sum = this.#sums.get(key) ?? freshSum(model, becomes);
    this.#sums.set(key, sum);
    const [old, now] = [countInput(before), countInput(after)];
    sum.calls++;
    sum.inputTokens += old.whole;
    sum.cachedTokens += old.cached;
    sum.cachedTokensAfter += now.cached;
    sum.outputTokens += call.tokens.output ?? 0;
    sum.oldUsd += before.usd;
    sum.newUsd += after.usd;
  }
}

function isSame(from: string, model: string | undefined): boolean {
  return model !== undefined && from.trim().toLowerCase() === model.trim().toLowerCase();
}

function freshSum(model: string, becomes: string): WhatIfSum {
  const none = { calls: 0, inputTokens: 0, cachedTokens: 0, cachedTokensAfter: 0, outputTokens: 0 };
  return { model, becomes, ...none, oldUsd: 0, newUsd: 0 };
}

function countInput({ parts }: CostEstimate): { readonly whole: number; readonly cached: number } {
  let [whole, cached] = [0, 0];
  for (const { what, count } of parts) {
    if (what === 'input' || what === 'cacheRead' || what === 'cacheWrite') whole += count;
    if (what === 'cacheRead') cached += count;
  }
  return { whole, cached };
}
