import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../core/model/json.ts';
import { agentOf } from '../../../../renderer/panels/inspector/agent-of.ts';
import { readSpanFacts } from '../../../../renderer/panels/inspector/span-facts.ts';
import { flameOf, rowNamed } from '../../charts/flame/draw-flame.ts';

test('an error is its message and what stands beside it, however it is spelled', () => {
  const data = { type: 'custom' };
  const error = (value: string | null | { message?: string; data?: { a: number }; code?: number }) =>
    readSpanFacts({ span_data: data, error: value }, 'custom').error;
  const stack = undefined;
  expect(error({ message: 'boom', data: { a: 1 } })).toEqual({ message: 'boom', data: { a: 1 }, stack });
  expect(error('plain')).toEqual({ message: 'plain', data: undefined, stack });
  expect(error({ code: 4 })?.data).toEqual({ code: 4 });
  expect(error(null)).toBeUndefined();
});

test('the stack of an error stands apart, whatever it is called', () => {
  const read = (data: JsonObject) =>
    readSpanFacts({ span_data: {}, error: { message: 'boom', data } }, 'custom').error;
  expect(read({ type: 'E', stacktrace: 'at f' })).toEqual({
    message: 'boom',
    data: { type: 'E' },
    stack: 'at f',
  });
  expect(read({ traceback: 'in g' })).toEqual({ message: 'boom', data: undefined, stack: 'in g' });
});

test('the span of another tool has its attributes and its events, however odd they are', () => {
  const event = { name: 'token', at: '2026-06-01T00:00:00Z', attributes: { n: 1 } };
  const origin = { rule: 8, attributes: { a: 1 }, events: [event, 'no event', { time: 'then' }] };
  const facts = readSpanFacts({ span_data: {}, origin }, 'custom');
  expect(facts.attributes).toEqual({ a: 1 });
  expect(facts.events).toEqual([event, { name: '(no name)', at: 'then', attributes: undefined }]);
  expect(readSpanFacts({ span_data: {}, origin: { events: 'none' } }, 'custom').events).toEqual([]);
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
