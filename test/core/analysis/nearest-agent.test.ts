import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNearestAgent, findNearestAgents } from '../../../core/analysis/nearest-agent.ts';
import { linkSpans } from '../../../core/analysis/span-tree.ts';
import { arbitraryTrace } from '../../build/arbitrary-trace.ts';
import { foldTraceText } from '../../build/read-trace-text.ts';

test('a span is the work of the nearest agent at or above it', () => {
  const spans = foldTraceText(`
    Triage   agent      0------9
      turn   turn       0------9
        say  generation  1--2
      Sub    agent          4-6
        do   function       4-5
    alone    custom     0-1
  `);
  const nearest = findNearestAgents(spans, linkSpans(spans));
  const names = [...nearest].map((row) => (row < 0 ? 'nobody' : spans.name(row)));
  expect(names).toEqual(['Triage', 'Triage', 'Triage', 'Sub', 'Sub', 'nobody']);
});

test('any trace: of one span alone it is what the pass over all finds', () => {
  fc.assert(
    fc.property(arbitraryTrace(), (spans) => {
      const tree = linkSpans(spans);
      const all = findNearestAgents(spans, tree);
      expect(all.map((_, row) => findNearestAgent(spans, tree, row))).toEqual(all);
    }),
  );
});
