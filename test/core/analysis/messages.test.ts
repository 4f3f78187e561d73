import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessagePart } from '../../../core/analysis/message.ts';
import { readMessages } from '../../../core/analysis/messages.ts';
import type { JsonObject } from '../../../core/model/json.ts';

/** Messages in one line each: `> role: part, part`, `<` for what the model made. */
function draw(data: JsonObject): readonly string[] {
  return readMessages(data).map(
    ({ role, origin, parts }) =>
      `${origin === 'input' ? '>' : '<'} ${role}: ${parts.map(drawPart).join(', ')}`,
  );
}

function drawPart(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'reasoning':
      return `thinks ${part.sealed ? '(sealed)' : part.text}`;
    case 'refusal':
      return `refuses ${part.text}`;
    case 'tool-call':
      return `calls ${part.name}(${typeof part.input === 'string' ? part.input : JSON.stringify(part.input)})`;
    case 'tool-result':
      return `${part.name ?? '?'} gave ${JSON.stringify(part.output)}`;
    case 'media':
      return `media ${part.type}`;
    case 'other':
      return `other ${part.type}`;
  }
}

test('a chat completion of the JavaScript SDK is read with its tool calls', () => {
  const data = {
    type: 'generation',
    input: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Weather?' },
          { type: 'image_url', image_url: {} },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"city":"Bonn"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: '{"sky":"blue"}' },
    ],
    output: [{ object: 'chat.completion', choices: [{ message: { role: 'assistant', content: 'Blue.' } }] }],
  };
  expect(draw(data)).toEqual([
    '> system: Be brief.',
    '> user: Weather?, media image_url',
    '> assistant: calls look({"city":"Bonn"})',
    '> tool: look gave "{\\"sky\\":\\"blue\\"}"',
    '< assistant: Blue.',
  ]);
});

test('a chat output of the Python SDK is the bare message, a refusal is one', () => {
  expect(draw({ output: [{ role: 'assistant', content: 'ok', refusal: null }] })).toEqual([
    '< assistant: ok',
  ]);
  expect(draw({ output: [{ role: 'assistant', content: null, refusal: 'No.' }] })).toEqual([
    '< assistant: refuses No.',
  ]);
});

test('reasoning of other providers stands before the answer', () => {
  const message = { role: 'assistant', content: 'Four.', reasoning_content: 'Two and two.' };
  expect(draw({ output: [message] })).toEqual(['< assistant: thinks Two and two., Four.']);
});

test('a response of a processor has its instructions, its items and its answer', () => {
  const data = {
    type: 'response',
    input: [
      { type: 'message', role: 'user', content: 'Refund me' },
      { type: 'reasoning', id: 'rs', summary: [], encrypted_content: 'xx' },
      { type: 'function_call', call_id: 'c2', name: 'refund', arguments: '{"a":1}' },
      { type: 'function_call_output', call_id: 'c2', output: 'done' },
    ],
    response: {
      instructions: 'You refund.',
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'It worked.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Refunded.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'Not more.' }] },
      ],
    },
  };
  expect(draw(data)).toEqual([
    '> system: You refund.',
    '> user: Refund me',
    '> assistant: thinks (sealed)',
    '> assistant: calls refund({"a":1})',
    '> tool: refund gave "done"',
    '< assistant: thinks It worked.',
    '< assistant: Refunded.',
    '< assistant: refuses Not more.',
  ]);
});

test('the names and shapes of the JavaScript agent items are read too', () => {
  const data = {
    input: [
      { type: 'function_call', callId: 'c3', name: 'add', arguments: '{}' },
      { type: 'function_call_result', callId: 'c3', name: 'add', output: { type: 'text', text: '5' } },
    ],
  };
  expect(draw(data)).toEqual(['> assistant: calls add({})', '> tool: add gave "5"']);
});

test('hosted tools are calls of their own name, and what is unknown is kept', () => {
  const data = {
    input: 'plain words',
    response: {
      output: [
        { type: 'web_search_call', id: 'ws', status: 'completed' },
        { type: 'novelty', x: 1 },
      ],
    },
  };
  expect(draw(data)).toEqual([
    '> user: plain words',
    '< assistant: calls web_search({"type":"web_search_call","id":"ws","status":"completed"})',
    '< assistant: other novelty',
  ]);
});

test('a developer message is a system message that keeps its own name', () => {
  const [message] = readMessages({ input: [{ role: 'developer', content: 'x' }] });
  expect(message?.role).toBe('system');
  expect(message?.wireRole).toBe('developer');
});

test('a span that the exporter emptied has no messages', () => {
  expect(readMessages({ type: 'response', response_id: 'resp_1' })).toEqual([]);
  expect(readMessages({ type: 'response', response_id: null, usage: null, input: null })).toEqual([]);
});

test('whatever stands in a span, reading it never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (input, output) => {
      const data = { input, output: [output], response: { output: input } };
      // jsonValue's type allows nothing but JSON.
      expect(() => readMessages(data as JsonObject)).not.toThrow();
    }),
  );
});
