import { expect, test } from 'vitest';
import {
  computeLines,
  type CallContext,
  type ConversationLine,
} from '../../../core/analysis/conversation-lines.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import type { Json } from '../../../core/model/json.ts';

const NOTHING: CallContext = { messages: [], before: [], earlier: [], after: [], runs: [] };
const SYSTEM = { role: 'system', content: 'Be kind.' };
const ASK = { role: 'user', content: 'Twice?' };
const CALL = {
  role: 'assistant',
  content: 'I look.',
  tool_calls: [{ id: 'c1', function: { name: 'lookup', arguments: '{"month":10}' } }],
};
const RESULT = { role: 'tool', tool_call_id: 'c1', content: '2 charges' };
const ANSWER = { role: 'assistant', content: 'Yes.' };

function called(input: readonly Json[], output: readonly Json[]): CallContext['messages'] {
  return readMessages({ input, output });
}

function draw(lines: readonly ConversationLine[]): string[] {
  return lines.map((line) => {
    switch (line.kind) {
      case 'repeated':
        return `same ${String(line.messages.length)}, results ${String(line.results)}`;
      case 'message': {
        const words = line.parts.map((part) => (part.kind === 'text' ? part.text : part.kind));
        return `${line.message.role}: ${words.join(' ')}`;
      }
      case 'tool': {
        const row = line.run === undefined ? 'no span' : `row ${String(line.run.row)}`;
        return `${line.call?.name ?? 'unasked'} (${row}) = ${JSON.stringify(line.result)}`;
      }
    }
  });
}

test('the first call shows all that it was told, and its tool call with the result of the span', () => {
  const runs = [{ row: 4, name: 'lookup', input: '{"month":10}', output: '2 charges of 42' }];
  const lines = computeLines({ ...NOTHING, messages: called([SYSTEM, ASK], [CALL]), runs });
  expect(draw(lines)).toEqual([
    'system: Be kind.',
    'user: Twice?',
    'assistant: I look.',
    'lookup (row 4) = "2 charges of 42"',
  ]);
});

test('the next call shows only what is new; a result stands at its call', () => {
  const before = called([SYSTEM, ASK], [CALL]);
  const messages = called([SYSTEM, ASK, CALL, RESULT], [ANSWER]);
  expect(draw(computeLines({ ...NOTHING, messages, before }))).toEqual([
    'same 4, results 1',
    'assistant: Yes.',
  ]);
});

test('where no span tells the result, the next call does', () => {
  const after = called([SYSTEM, ASK, CALL, RESULT], [ANSWER]);
  const lines = computeLines({ ...NOTHING, messages: called([SYSTEM, ASK], [CALL]), after });
  expect(draw(lines).at(-1)).toBe('lookup (no span) = "2 charges"');
});

test('an agent that comes back was given its prompt before', () => {
  const earlier = called([SYSTEM], [ANSWER]);
  const messages = called([SYSTEM, ASK], [ANSWER]);
  expect(draw(computeLines({ ...NOTHING, messages, earlier }))[0]).toBe('same 1, results 0');
});

test('history that no call of the trace tells is shown with its results joined', () => {
  expect(draw(computeLines({ ...NOTHING, messages: called([ASK, CALL, RESULT], [ANSWER]) }))).toEqual([
    'user: Twice?',
    'assistant: I look.',
    'lookup (no span) = "2 charges"',
    'same 1, results 1',
    'assistant: Yes.',
  ]);
});

test('a tool that ran unasked is not left out, nor is an empty message', () => {
  const runs = [{ row: 7, name: 'other', input: undefined, output: 'x' }];
  const lines = computeLines({
    ...NOTHING,
    messages: called([], [{ role: 'assistant', content: null }]),
    runs,
  });
  expect(draw(lines)).toEqual(['assistant: ', 'unasked (row 7) = "x"']);
});
