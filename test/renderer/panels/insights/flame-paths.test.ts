import { expect, test } from 'vitest';
import type { CorpusFlame } from '../../../../core/rpc/corpus.ts';
import { nodeReach, pathOf, writeFlameCsv } from '../../../../renderer/panels/insights/flame-paths.ts';

const FLAME: CorpusFlame = {
  scope: { traces: 2, spans: 5, errors: 0, prices: 'p', unpriced: [], tookMs: 1 },
  weight: 'time',
  parent: [-1, 0, 1],
  kind: ['', 'agent', 'function'],
  name: ['', 'Triage', 'look up'],
  spans: [0, 2, 3],
  traces: [0, 2, 1],
  errors: [0, 0, 1],
  total: [30, 30, 10],
  own: [0, 20, 10],
  example: ['', 't1', 't2'],
  left: 0,
};

test('a path is told from the top down', () => {
  expect(pathOf(FLAME, 2)).toBe('Triage › look up');
});

test('a path leads to the traces with such a span, among those that were asked about', () => {
  expect(nodeReach(FLAME, 2, '').query).toBe('span(kind:function name:"look up")');
  expect(nodeReach(FLAME, 1, 'error:true').query).toBe('error:true span(kind:agent name:Triage)');
});

test('as CSV every path has a line, with the unit of what is drawn', () => {
  const lines = writeFlameCsv(FLAME).trimEnd().split('\r\n');
  expect(lines[0]).toBe('path,kind,name,total us,own us,spans,traces,errors,example');
  expect(lines[2]).toBe('Triage,agent,Triage,30,20,2,2,0,t1');
  expect(lines).toHaveLength(4);
});
