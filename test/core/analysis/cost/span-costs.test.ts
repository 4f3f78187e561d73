import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSpanCosts, estimateSpan } from '../../../../core/analysis/cost/span-costs.ts';
import { linkSpans } from '../../../../core/analysis/span-tree.ts';
import { findUsageLeaves } from '../../../../core/analysis/usage-leaves.ts';
import { arbitraryTrace } from '../../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../../build/read-trace-text.ts';
import { snapshotBook } from './snapshot.ts';

const book = snapshotBook();

function costsOf(drawing: string): ReturnType<typeof computeSpanCosts> & { readonly byName: object } {
  const table = foldTraceText(drawing);
  const costs = computeSpanCosts(table, linkSpans(table), book);
  const byName = Object.fromEntries([...costs.usd].map((usd, row) => [table.name(row), usd]));
  return { ...costs, byName };
}

/** Dollars to a billionth. */
const about = (usd: number): unknown => expect.closeTo(usd, 9);

describe('the costs of a trace', () => {
  it('are those of its calls, counted once a branch', () => {
    const { sum, byName } = costsOf(`
      run        task        0----------40   in=1000 out=200 model=gpt-5
        Turn 1   turn        0----------40   in=1000 out=200 model=gpt-5
          gpt-5  generation  0----10         in=1000 out=200
          lookup function         10--20
    `);
    expect(byName).toEqual({ run: NaN, 'Turn 1': NaN, 'gpt-5': about(0.003_25), lookup: NaN });
    expect(sum).toEqual({ usd: about(0.003_25), pricedCalls: 1, unpriced: [], prices: book.id });
  });

  it('know from the columns what was read from a cache and written to it', () => {
    // 9,000 read × 0.3 + 500 written × 3.75 + 500 others × 3 + 100 out × 15 = 7,575 millionths.
    const { sum } = costsOf('claude-sonnet-4-5 generation 0-9 in=10000 cached=9000 written=500 out=100');
    expect(sum.usd).toBeCloseTo(0.007_575, 9);
  });

  it('of spans around calls are what those came to', () => {
    const table = foldTraceText(`
      a  agent       0--------40
        gpt-5     generation  0-9    in=1000 out=200
        b  agent  10-------30
          gpt-5   generation  10-19  in=1000 out=200
        lookup    function    30-40
    `);
    const { wholeUsd } = computeSpanCosts(table, linkSpans(table), book);
    const [call, calls] = [about(0.003_25), about(0.006_5)];
    expect([...wholeUsd]).toEqual([calls, call, call, call, NaN]);
  });

  it('list what cannot be priced, and never count it as free', () => {
    const { sum } = costsOf(`
      a  agent       0--------40
        gpt-5     generation  0-9    in=1000 out=200
        my-model  generation  10-19  in=1000 out=200
        my-model  generation  20-29  in=1000 out=200
        -         response    30-35  in=10 out=1
        gpt-5     generation  36-39
    `);
    expect(sum.usd).toBeCloseTo(0.003_25, 9);
    expect(sum.unpriced).toEqual([
      { model: 'my-model', reason: 'unknown-model', calls: 2 },
      { model: undefined, reason: 'no-model', calls: 1 },
      { model: 'gpt-5', reason: 'unknown-tokens', calls: 1 },
    ]);
  });

  it('are unknown where no call can be priced, not nothing', () => {
    expect(costsOf('my-model generation 0-9 in=1 out=1').sum.usd).toBeUndefined();
    expect(costsOf('lookup function 0-9').sum).toMatchObject({ usd: undefined, unpriced: [] });
  });

  it('name a turn without a model once, not its silent calls as well', () => {
    const { sum } = costsOf(`
      Turn 1  turn      0----40   in=1000 out=200
        -     response  0--30
        -     response  31-39
    `);
    expect(sum.unpriced).toEqual([{ model: undefined, reason: 'no-model', calls: 1 }]);
  });

  it('of any trace add up to the sum, and stand only at spans whose tokens count', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (table) => {
        const tree = linkSpans(table);
        const { usd, sum } = computeSpanCosts(table, tree, book);
        const leaves = findUsageLeaves(table, tree);
        const priced = [...usd.keys()].filter((row) => !Number.isNaN(usd[row]));
        expect(priced.every((row) => leaves[row] === 1)).toBe(true);
        expect(priced.length).toBe(sum.pricedCalls);
        const total = priced.reduce((all, row) => all + (usd[row] ?? 0), 0);
        expect(sum.usd ?? 0).toBeCloseTo(total, 9);
        const estimates = priced.map((row) => estimateSpan(table, row, book));
        expect(estimates.every((each) => typeof each !== 'string')).toBe(true);
      }),
    );
  });
});
