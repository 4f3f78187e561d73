/** Loops and repeated calls are found where they were planted, and nowhere else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCorpusLoops } from '../../../../core/analysis/corpus/corpus-loops.ts';
import { finishAggregate } from '../../../../core/analysis/corpus/walk-traces.ts';
import type { CorpusLoops } from '../../../../core/rpc/corpus.ts';
import { recordsOfText } from '../../../build/read-trace-text.ts';
import { plantCorpus, type Planted } from '../../../generate/plant-corpus.ts';
import { gatherFacts } from './gather-facts.ts';
import type { JsonObject } from '../../../../core/model/json.ts';

function findLoops(records: readonly JsonObject[]): CorpusLoops {
  const { question, identify } = gatherFacts(records);
  return finishAggregate(computeCorpusLoops(question, identify));
}

type Found = Record<string, { readonly traces: readonly string[]; readonly count: number }>;

function told(planted: ReadonlyMap<string, Planted>): Found {
  return Object.fromEntries(
    [...planted].map(([key, { traces, count }]) => [key, { traces: [...traces].sort(), count }]),
  );
}

describe('planted corpora', () => {
  test('every planted loop and repetition is found in its traces, and no other', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const corpus = plantCorpus({ seed, traces: 25, planted: true });
        const { loops, repeats } = findLoops(corpus.records);
        const foundLoops = loops.map(({ agents, rounds, reach }) => [
          agents.join(' → '),
          { traces: reach.traceIds.toSorted(), count: rounds },
        ]);
        const foundRepeats = repeats.map(({ agent, tool, calls, reach }) => [
          `${String(agent)}: ${tool}`,
          { traces: reach.traceIds.toSorted(), count: calls },
        ]);
        expect(Object.fromEntries(foundLoops)).toEqual(told(corpus.loops));
        expect(Object.fromEntries(foundRepeats)).toEqual(told(corpus.repeats));
      }),
      { numRuns: 25 },
    );
  });

  test('nothing is found where only retries, polling and pairs stand', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { loops, repeats } = findLoops(plantCorpus({ seed, traces: 25, planted: false }).records);
        expect(loops).toEqual([]);
        expect(repeats).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

const ROUND = `
  trace t1
  Billing            agent     0----10
    gpt-5            generation  1---2       in=1000 out=100
    Billing>Refunds  handoff       9-10
  Refunds            agent          10----30
    gpt-5            generation      11--12  in=2000 out=200
    sub              function         13--17
      Sub            agent            14-16
        gpt-5        generation       14-15  in=4000 out=400
    Refunds>Billing  handoff             29-30
  Billing            agent                  30----40
    gpt-5            generation              31--32 in=8000 out=800
`;

test('a round costs what happened between leaving an agent and being back at it', () => {
  const { loops, scope } = findLoops(recordsOfText(ROUND));
  expect(loops).toHaveLength(1);
  const [loop] = loops;
  expect(loop?.agents).toEqual(['Billing', 'Refunds', 'Billing']);
  expect(loop).toMatchObject({ rounds: 1, p50Rounds: 1, maxRounds: 1, extraUs: 20_000 });
  // gpt-5: 1.25 dollars for a million tokens sent, 10 for a million that came back.
  expect(loop?.extra.pricedCalls).toBe(2);
  expect(loop?.extra.usd).toBeCloseTo((6000 * 1.25 + 600 * 10) / 1e6, 12);
  expect(scope.traces).toBe(1);
});

test('one loop has one row, wherever its traces begin it', () => {
  const drawing = `
    trace t1
    A      agent    0--9
      A>B  handoff    8-9
    B      agent       10--19
      B>A  handoff        18-19
    A      agent           20--29
    trace t2
    B      agent    0--9
      B>A  handoff    8-9
    A      agent       10--19
      A>B  handoff        18-19
    B      agent           20--29
  `;
  const { loops } = findLoops(recordsOfText(drawing));
  expect(loops.map(({ agents }) => agents.join(' → '))).toEqual(['A → B → A']);
  expect(loops[0]?.reach.traces).toBe(2);
});
