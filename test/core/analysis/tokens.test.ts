import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { linkSpans, type SpanTree } from '../../../core/analysis/span-tree.ts';
import { computeTokens } from '../../../core/analysis/tokens.ts';
import { findUsageLeaves, isModelCall, saysTokens } from '../../../core/analysis/usage-leaves.ts';
import { at } from '../../../core/model/assert.ts';
import type { SpanTable } from '../../../core/model/span-table.ts';
import { arbitraryRecords, foldRecords } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';

function tokensOf(drawing: string) {
  const spans = foldTraceText(drawing);
  return computeTokens(spans, linkSpans(spans));
}

describe('what only agents and chains tell', () => {
  test('counts where nothing below says any, and says that it is partial', () => {
    const trace = tokensOf(`
      flow     custom      0-----9  in=900 out=90
        one    custom      0---4    in=600 out=60
          x    generation   1-3
        two    custom       4---8   in=300 out=30
    `);
    expect(trace).toMatchObject({ input: 900, output: 90, total: 990, basis: 'partial' });
  });

  test('is never added to the calls below it', () => {
    const trace = tokensOf(`
      chain    custom      0-----9  in=900 out=90
        gpt-5  generation   1-3     in=600 out=60
        gpt-5  generation   4-6     in=300 out=30
    `);
    expect(trace).toMatchObject({ total: 990, basis: 'model-spans' });
  });

  test('is added to the calls of other branches', () => {
    const trace = tokensOf(`
      gpt-5    generation  0-1      in=10 out=1
      remote   custom      2-5      in=20 out=2
    `);
    expect(trace).toMatchObject({ input: 30, total: 33, basis: 'partial' });
  });

  test('a step below a call repeats the call', () => {
    const trace = tokensOf('gpt-5 generation 0-9 in=10 out=1\n  attempt custom 1-8 in=10 out=1');
    expect(trace).toMatchObject({ total: 11, basis: 'model-spans' });
  });

  test('where a task says its sum the SDK has counted it', () => {
    const trace = tokensOf(`
      run      task        0-9     in=10 out=1
        gpt-5  generation   1-3    in=10 out=1
        noted  custom        4-5   in=10 out=1
    `);
    expect(trace).toMatchObject({ total: 11, basis: 'model-spans' });
  });
});

test('a count without its other side is told, and the total stays unknown', () => {
  expect(tokensOf('gpt-5 generation 0-1 in=10')).toEqual({
    input: 10,
    output: null,
    cached: null,
    reasoning: null,
    total: null,
    basis: 'partial',
  });
});

describe('any trace', () => {
  const records = arbitraryRecords(14);

  test('order of arrival and repeated reports change nothing', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (items, order) => {
        const keys = items.map(() => order.next().value as number);
        const shuffled = [...items.keys()].sort((a, b) => at(keys, a) - at(keys, b)).map((i) => at(items, i));
        const count = (list: typeof items) => {
          const spans = foldRecords(list);
          return computeTokens(spans, linkSpans(spans));
        };
        expect(count([...shuffled, ...items])).toEqual(count(items));
      }),
    );
  });

  test('no branch is counted twice, and none that says tokens is left out', () => {
    fc.assert(
      fc.property(records, (items) => {
        const { spans, tree } = linked(items);
        const leaves = findUsageLeaves(spans, tree);
        for (let row = 0; row < spans.length; row++) {
          const above = ancestors(tree, row);
          const below = descendants(tree, row);
          if (leaves[row] === 1) {
            // Two counted spans of which one is above the other are never both of a call's own branch.
            expect(above.some((other) => leaves[other] === 1 && at(leaves, row) === 1)).toBe(false);
          } else if (saysTokens(spans, row)) {
            expect([...above, ...below].some((other) => saysTokens(spans, other))).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('sums are those of a plain recount, and unknown is never 0', () => {
    fc.assert(
      fc.property(records, (items) => {
        const { spans, tree } = linked(items);
        const tokens = computeTokens(spans, tree);
        const { inputTokens, outputTokens, totalTokens } = spans.columns;
        const calls = [...spans.columns.kind.keys()].filter(
          (row) =>
            row < spans.length &&
            isModelCall(spans.columns.kind[row]) &&
            !descendants(tree, row).some((r) => isModelCall(spans.columns.kind[r]) && saysTokens(spans, r)),
        );
        const isTold = (row: number): boolean =>
          (at(inputTokens, row) >= 0 && at(outputTokens, row) >= 0) || at(totalTokens, row) >= 0;
        if (tokens.basis === 'model-spans') {
          expect(calls.length > 0 && calls.every(isTold)).toBe(true);
          const known = calls.map((row) => at(inputTokens, row)).filter((count) => count >= 0);
          expect(tokens.input).toBe(known.length === 0 ? null : known.reduce((a, b) => a + b));
        }
        const anyTold = [...spans.columns.kind.keys()].some((r) => r < spans.length && saysTokens(spans, r));
        if (!anyTold)
          expect(tokens).toMatchObject({ input: null, output: null, total: null, basis: 'unknown' });
        expect(Object.values(tokens).some((value) => Number.isNaN(value))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

function linked(items: Parameters<typeof foldRecords>[0]): { spans: SpanTable; tree: SpanTree } {
  const spans = foldRecords(items);
  return { spans, tree: linkSpans(spans) };
}

function ancestors(tree: SpanTree, row: number): number[] {
  const found: number[] = [];
  for (let above = at(tree.parent, row); above >= 0; above = at(tree.parent, above)) found.push(above);
  return found;
}

function descendants(tree: SpanTree, row: number): number[] {
  return [...tree.parent.keys()].filter((other) => ancestors(tree, other).includes(row));
}
