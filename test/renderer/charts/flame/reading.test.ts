/** What is read of a trace beside its bars: search, colours, ranges, the way back through views. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../core/model/assert.ts';
import { KIND_CODE } from '../../../../core/model/span-kind.ts';
import { computeColouring } from '../../../../renderer/charts/flame/colouring.ts';
import { sumPath } from '../../../../renderer/charts/flame/critical-path.ts';
import { findSpans, matchNumber } from '../../../../renderer/charts/flame/find-spans.ts';
import { combineLit } from '../../../../renderer/charts/flame/lit.ts';
import { findNext, findNextWhere } from '../../../../renderer/charts/flame/navigation.ts';
import { computeRangeFigures } from '../../../../renderer/charts/flame/range-figures.ts';
import { ViewHistory } from '../../../../renderer/charts/flame/view-history.ts';
import { flameOf, rowNamed } from './draw-flame.ts';

const RUN = flameOf(`
  Triage    agent      0-----------------100
    plan    generation 0---20
    Look up function      20---40            !boom
    to      handoff            40-40
    Billing agent              40-------100
      lookup function            50-60
      answer generation              60--90
`);

function names(found: Uint8Array): readonly string[] {
  return [...RUN.order].filter((span) => found[span] === 1).map((span) => RUN.table.name(span));
}

describe('a search', () => {
  it('finds every word in names and kinds, whatever their case', () => {
    expect(names(findSpans(RUN, 'LOOK')?.found ?? new Uint8Array())).toEqual(['Look up', 'lookup']);
    expect(findSpans(RUN, 'look up function')?.count).toBe(2);
    expect(findSpans(RUN, 'generation')?.count).toBe(2);
    expect(findSpans(RUN, 'look generation')?.count).toBe(0);
  });

  it('asks nothing without a word', () => {
    expect(findSpans(RUN, '  ')).toBeUndefined();
  });

  it('steps through matches both ways around the ends, and numbers them', () => {
    const found = findSpans(RUN, 'look')?.found ?? new Uint8Array();
    const isMatch = (span: number): boolean => found[span] === 1;
    const [first, second] = [rowNamed(RUN, 'Look up'), rowNamed(RUN, 'lookup')];
    expect(findNextWhere(RUN, -1, isMatch)).toBe(first);
    expect(findNextWhere(RUN, first, isMatch)).toBe(second);
    expect(findNextWhere(RUN, second, isMatch)).toBe(first);
    expect(findNextWhere(RUN, first, isMatch, -1)).toBe(second);
    expect(matchNumber(RUN.order, found, second)).toBe(2);
    expect(matchNumber(RUN.order, found, rowNamed(RUN, 'plan'))).toBe(0);
  });
});

describe('landmarks', () => {
  it('are the next error, call of a model, and handoff', () => {
    expect(findNext(RUN, -1, 'error')).toBe(rowNamed(RUN, 'Look up'));
    expect(findNext(RUN, rowNamed(RUN, 'plan'), 'generation')).toBe(rowNamed(RUN, 'answer'));
    const handoff = findNext(RUN, -1, 'handoff');
    expect(RUN.table.columns.kind[handoff]).toBe(KIND_CODE.handoff);
    expect(findNext(RUN, handoff, 'handoff')).toBe(handoff);
  });
});

describe('colours', () => {
  it('count what a legend lists, and every span has one', () => {
    for (const by of ['kind', 'agent', 'model', 'status', 'heat'] as const) {
      const { codes, tokens, legend } = computeColouring(by, RUN, 100_000);
      expect(legend.reduce((sum, { spans }) => sum + spans, 0)).toBe(RUN.count);
      for (let span = 0; span < RUN.count; span++) expect(at(codes, span)).toBeLessThan(tokens.length);
    }
  });

  it('give up on names past the tenth, and say how many they are', () => {
    const agents = Array.from(
      { length: 40 },
      (_, i) => `  Agent${String(i)} agent ${String(i)}--${String(i + 1)}`,
    );
    const { legend } = computeColouring('agent', flameOf(['T custom 0--40', ...agents].join('\n')), 0);
    expect(legend).toHaveLength(11);
    expect(legend.find(({ label }) => label === '31 others')?.spans).toBe(31);
  });

  it('light only what the legend lets through and the search found', () => {
    const codes = Uint8Array.of(0, 1, 1, 2);
    expect(combineLit(4, codes, [], [])).toBeUndefined();
    expect([...(combineLit(4, codes, [1], []) ?? [])]).toEqual([0, 1, 1, 0]);
    expect([...(combineLit(4, codes, [1, 2], [Uint8Array.of(1, 0, 1, 1)]) ?? [])]).toEqual([0, 0, 1, 1]);
    const both = combineLit(4, codes, [], [Uint8Array.of(1, 0, 1, 1), Uint8Array.of(0, 0, 1, 1)]);
    expect([...(both ?? [])]).toEqual([0, 0, 1, 1]);
  });
});

describe('a measured range', () => {
  it('counts the spans and errors that ran in it', () => {
    const figures = computeRangeFigures(RUN, { from: 21_000, to: 39_000 }, 100_000);
    expect(figures).toEqual({ us: 18_000, spans: 2, errors: 1, tokens: undefined });
  });

  it('adds up what the spans in it cost', () => {
    const usd = new Float64Array(RUN.count).fill(0.25);
    usd[0] = Number.NaN;
    const { spans, usd: sum } = computeRangeFigures(RUN, { from: 0, to: 100_000 }, 100_000, usd);
    expect(sum).toBeCloseTo((spans - 1) * 0.25, 9);
    expect(computeRangeFigures(RUN, { from: 0, to: 100_000 }, 100_000).usd).toBeUndefined();
  });
});

describe('the critical path', () => {
  it('is listed by span, the longest first', () => {
    const segments = Float64Array.of(0, 0, 10, 1, 10, 40, -1, 40, 45, 0, 45, 50);
    expect(sumPath(segments, 2)).toEqual([
      { span: 1, us: 30, stretches: 1 },
      { span: 0, us: 15, stretches: 2 },
    ]);
  });
});

describe('the views that were looked at', () => {
  const [whole, half, part] = [
    { from: 0, to: 100 },
    { from: 0, to: 50 },
    { from: 10, to: 20 },
  ] as const;

  it('lead back and forth', () => {
    const history = new ViewHistory();
    history.leave(whole, 0);
    history.leave(half, 5000);
    expect(history.back(part)).toEqual(half);
    expect(history.back(half)).toEqual(whole);
    expect(history.back(whole)).toBeUndefined();
    expect(history.forth(whole)).toEqual(half);
    expect(history.forth(half)).toEqual(part);
  });

  it('hold one step of a gesture', () => {
    const history = new ViewHistory();
    history.leave(whole, 0, { gesture: true });
    history.leave(half, 100, { gesture: true });
    history.leave(half, 200, { gesture: true });
    expect(history.back(part)).toEqual(whole);
  });

  it('lead out to a wider one', () => {
    const history = new ViewHistory();
    history.leave(whole, 0);
    history.leave(part, 5000);
    expect(history.wider(half)).toEqual(whole);
    expect(history.wider(whole)).toBeUndefined();
  });
});
