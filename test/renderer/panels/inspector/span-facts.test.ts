import { expect, test } from 'vitest';
import { agentOf } from '../../../../renderer/panels/inspector/agent-of.ts';
import { readSpanFacts } from '../../../../renderer/panels/inspector/span-facts.ts';
import { flameOf, rowNamed } from '../../charts/flame/draw-flame.ts';

test('an error is its message and what stands beside it, however it is spelled', () => {
  const data = { type: 'custom' };
  const error = (value: string | null | { message?: string; data?: { a: number }; code?: number }) =>
    readSpanFacts({ span_data: data, error: value }, 'custom').error;
  expect(error({ message: 'boom', data: { a: 1 } })).toEqual({ message: 'boom', data: { a: 1 } });
  expect(error('plain')).toEqual({ message: 'plain', data: undefined });
  expect(error({ code: 4 })?.data).toEqual({ code: 4 });
  expect(error(null)).toBeUndefined();
});

test('a tool has its input and output, and what is left of its data', () => {
  const facts = readSpanFacts(
    { span_data: { type: 'function', name: 't', input: '{}', output: '', mcp_data: null, extra: 1 } },
    'function',
  );
  expect(facts.input).toBe('{}');
  expect(facts.output).toBe('');
  expect(facts.rest).toEqual({ extra: 1 });
});

test('unknown data of any kind is kept', () => {
  const facts = readSpanFacts({ span_data: { type: 'novelty', name: 'n', deep: { a: 1 } } }, 'custom');
  expect(facts.rest).toEqual({ name: 'n', deep: { a: 1 } });
});

test('a span belongs to the nearest agent above it', () => {
  const model = flameOf(`
    Desk        task      0----30
      Triage    agent     0----30
        Turn 1  turn      0----30 agent=Triage
          tool  function  2--8
  `);
  expect(agentOf(model, rowNamed(model, 'tool'))).toBe('Triage');
  expect(agentOf(model, rowNamed(model, 'Triage'))).toBe('Triage');
  expect(agentOf(model, rowNamed(model, 'Desk'))).toBeUndefined();
});
